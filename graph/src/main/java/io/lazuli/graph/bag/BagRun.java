package io.lazuli.graph.bag;

import io.lazuli.graph.Engine;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Job;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.pass.Passes;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
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
        return new BagRun(node, engineFor(node, terms).submit(graph(node, terms), terms.options()));
    }

    private static TaskGraph graph(Node node, Terms terms) {
        return Passes.of(terms.options()).apply(Lowering.lower(node));
    }

    /// Runs a plan and keeps its partitions in the engine.
    static HeldResult persist(Node node, Terms terms) {
        Engine engine = engineFor(node, terms);
        try {
            return HeldResult.of(engine, engine.persist(graph(node, terms), terms.options()));
        } finally {
            Reference.reachabilityFence(node);
        }
    }

    private static Engine engineFor(Node node, Terms terms) {
        return HeldResult.engineFor(Lowering.results(node), terms.engine());
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
