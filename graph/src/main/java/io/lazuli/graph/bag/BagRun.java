package io.lazuli.graph.bag;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.memory.Block;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan on its way through an engine: lowered and submitted; its partitions are taken in order.
final class BagRun implements AutoCloseable {
    private final Node node;
    private final Job job;

    private BagRun(Node node, Job job) {
        this.node = node;
        this.job = job;
    }

    /// Ownership: the caller closes it.
    static BagRun start(Node node, Terms terms) {
        return new BagRun(node, engineFor(node, terms).submit(Lowering.lower(node), terms.options()));
    }

    /// Runs a plan and keeps its partitions in the engine.
    static Kept persist(Node node, Terms terms) {
        Engine engine = engineFor(node, terms);
        try {
            return new Kept(engine, engine.persist(Lowering.lower(node), terms.options()));
        } finally {
            Reference.reachabilityFence(node);
        }
    }

    /// The engine that was given, or the one that keeps what the plan reads, or the shared one. Errors: USER if the plan reads
    /// what another engine keeps, or what nobody keeps any more.
    private static Engine engineFor(Node node, Terms terms) {
        Optional<Engine> chosen = terms.engine();
        for (Node read : Lowering.inOrder(node)) {
            if (read.part() instanceof Kept kept) {
                if (kept.isReleased()) {
                    throw GraphErrors.unpersisted();
                }
                if (chosen.isPresent() && kept.engine() != chosen.get()) {
                    throw GraphErrors.persistedElsewhere();
                }
                chosen = Optional.of(kept.engine());
            }
        }
        return chosen.orElseGet(Engine::shared);
    }

    int partitionCount() {
        return job.partitionCount();
    }

    /// Waits for the value of a partition.
    @Nullable
    Object takeValue(int partition) {
        Block block = job.take(partition);
        try {
            return block.value();
        } finally {
            block.release();
        }
    }

    /// Waits for the elements of a partition.
    List<?> take(int partition) {
        return (List<?>) Objects.requireNonNull(takeValue(partition), "a partition of a bag is a list");
    }

    /// Cancels what still runs.
    @Override
    public void close() {
        try {
            job.close();
        } finally {
            // what the plan reads must be kept until the job has ended
            Reference.reachabilityFence(node);
        }
    }
}
