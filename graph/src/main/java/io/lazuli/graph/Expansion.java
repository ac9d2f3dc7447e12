package io.lazuli.graph;

import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.Objects;

/// What a task returns that decides while it runs how to go on: a graph with one output partition, which becomes the task's
/// own result. Its tasks may expand in turn.
///
/// ```
///   measure --> decide (expands)            measure --> [ join big -> reduce ] --> rest
///                  |                   =
///                 rest
/// ```
///
/// The graph may start from the results that the expanding task was given: it names the layers that the task depends on in
/// [TaskGraph#held], with their full partition counts. It is run with the terms of the job.
public record Expansion(TaskGraph graph) {
    public Expansion {
        Objects.requireNonNull(graph, "graph is null");
        if (graph.outputLayer().partitionCount() != 1) {
            throw new IllegalArgumentException(
                    "an expansion takes the place of one result, but its output " + graph.outputLayer()
                            + " has " + graph.outputLayer().partitionCount());
        }
    }

    /// This expansion as the result of [Operation#run]. Ownership: the caller's.
    public Block toBlock() {
        return Block.object(this, 0, List.of());
    }
}
