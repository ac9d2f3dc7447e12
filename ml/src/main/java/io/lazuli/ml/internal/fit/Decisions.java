package io.lazuli.ml.internal.fit;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.ml.internal.data.HeldPartitions;
import io.lazuli.ml.internal.data.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Layers of one partition that decide, with what became of some work, what work follows on the same rows.
///
/// ```
///   results --> decide  --expands to-->  fits on the rows --> value
///   rows -------^ kept
/// ```
public final class Decisions {
    private Decisions() {}

    /// Says what follows. Implemented by records, which travel.
    public interface Decision {
        /// What gives the value.
        ///
        /// @param results each a value or a [Failure]
        Upstream decide(List<Object> results, Partitions data);
    }

    /// The value that comes of it.
    public static Upstream plan(Decision decision, List<Upstream> results, Partitions data, String label) {
        GraphParts parts = GraphParts.of(Stream.concat(results.stream(), data.upstreams()));
        HeldPartitions held = HeldPartitions.of(data);
        List<Token> kept = held.tokens().toList();
        List<Dependency> dependencies = new ArrayList<>();
        kept.forEach(token -> dependencies.add(new Dependency.Kept(token)));
        results.forEach(result -> dependencies.add(new Dependency.Broadcast(result.token())));
        return parts.upstream(parts.add(new Decide(decision, held, kept.size(), label), 1, dependencies, label));
    }

    private record Decide(Decision decision, HeldPartitions data, int keptCount,
            String name) implements GuardedOperation {
        @Override
        public boolean namesInputs() {
            return true;
        }

        /// Failures are no failure of this.
        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                return attempt(context, inputs);
            } catch (LazuliException e) {
                return GuardedOperation.block(Failure.of(e));
            }
        }

        @Override
        public Block attempt(TaskContext context, TaskInputs inputs) {
            List<Object> results = new ArrayList<>();
            for (int d = keptCount; d < inputs.dependencyCount(); d++) {
                results.add(GuardedOperation.value(inputs.block(d)));
            }
            Upstream next = decision.decide(results, data.partitions());
            return new Expansion(new TaskGraph(next.held(), next.layers(), next.token())).toBlock();
        }
    }
}
