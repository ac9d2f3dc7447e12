package io.lazuli.scheduler.internal.job;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a persisted layer was made: a graph that starts from nothing held, so that any partition of it can be made again however
/// much else is gone by then. It keeps what the graph's operations keep, such as values that were given as a list.
public record Lineage(TaskGraph graph, JobOptions options) {
    /// @param held of what `graph` starts from
    public static Lineage of(TaskGraph graph, JobOptions options, Collection<Lineage> held) {
        if (held.isEmpty()) {
            return new Lineage(graph, options);
        }
        Map<Token, Layer> layers = new LinkedHashMap<>();
        held.forEach(lineage -> lineage.graph.layers().forEach(layer -> layers.putIfAbsent(layer.token(), layer)));
        graph.layers().forEach(layer -> layers.putIfAbsent(layer.token(), layer));
        return new Lineage(new TaskGraph(Map.of(), List.copyOf(layers.values()), graph.output()), options);
    }

    /// A graph with one partition of output: that one. What it does not need is skipped when it runs.
    public TaskGraph ofPartition(int partition) {
        Layer only = new Layer(
                Token.of("restored", graph.output(), partition), new Only(), 1,
                List.of(new Dependency.Explicit(graph.output(), new int[] {0, 1}, new int[] {partition})),
                "restore " + graph.outputLayer().label());
        Map<Token, Layer> layers = new LinkedHashMap<>();
        graph.layers().forEach(layer -> layers.put(layer.token(), layer));
        layers.put(only.token(), only);
        return new TaskGraph(Map.of(), List.copyOf(layers.values()), only.token());
    }

    /// Its only input.
    private record Only() implements Operation {
        @Override
        public String name() {
            return "restore";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            return inputs.blocks(0).getFirst().retain();
        }

        @Override
        public long grantBytes() {
            return 0;
        }
    }
}
