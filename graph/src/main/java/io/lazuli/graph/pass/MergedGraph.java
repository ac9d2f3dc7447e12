package io.lazuli.graph.pass;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Several graphs as one job: what they have in common is computed once.
///
/// ```
///   scan -> filter -> mean [1]                 +-> mean [1] --+
///                                =  scan -> filter            +--> deliver [1 + 4]
///   scan -> filter -> sort [4]                 +-> sort [4] --+
/// ```
///
/// Layers with equal tokens are the same work and kept once. The output has the partitions of all outputs, one graph after
/// another: those of graph `i` begin at `starts.get(i)`.
public record MergedGraph(TaskGraph graph, List<Integer> starts) {
    public MergedGraph {
        Objects.requireNonNull(graph, "graph is null");
        starts = List.copyOf(starts);
    }

    /// Merges graphs; one alone stays as it is.
    ///
    /// What one graph holds and another would compute is taken from where it is held. Where annotations of equal layers
    /// differ, those of the first graph that has any hold. Errors: USER if equal tokens stand for different work.
    public static MergedGraph of(List<TaskGraph> graphs) {
        if (graphs.isEmpty()) {
            throw new IllegalArgumentException("there must be a graph to merge");
        }
        if (graphs.size() == 1) {
            return new MergedGraph(graphs.getFirst(), List.of(0));
        }
        Map<Token, Integer> held = new LinkedHashMap<>();
        graphs.forEach(graph -> graph.held().forEach((token, count) -> addHeld(held, token, count)));
        Map<Token, Layer> layers = new LinkedHashMap<>();
        graphs.forEach(graph -> graph.layers().forEach(layer -> add(layers, held, layer)));
        List<Integer> starts = new ArrayList<>();
        int count = 0;
        for (TaskGraph graph : graphs) {
            starts.add(count);
            count = Math.addExact(count, graph.outputLayer().partitionCount());
        }
        List<Layer> all = new ArrayList<>(layers.values());
        all.add(deliver(graphs, starts, count));
        return new MergedGraph(new TaskGraph(held, all, all.getLast().token()), starts);
    }

    private static void addHeld(Map<Token, Integer> held, Token token, int count) {
        Integer before = held.putIfAbsent(token, count);
        if (before != null && before != count) {
            throw GraphErrors.sameToken(
                    token.toString(), "a held result of " + before + " partitions", "one of " + count);
        }
    }

    private static void add(Map<Token, Layer> layers, Map<Token, Integer> held, Layer layer) {
        Integer heldCount = held.get(layer.token());
        if (heldCount != null) {
            if (heldCount != layer.partitionCount()) {
                throw GraphErrors.sameToken(
                        layer.token().toString(), "a held result of " + heldCount + " partitions", described(layer));
            }
            return;
        }
        Layer before = layers.putIfAbsent(layer.token(), layer);
        if (before != null && before != layer) {
            if (!isSameWork(before, layer)) {
                throw GraphErrors.sameToken(layer.token().toString(), described(before), described(layer));
            }
            if (before.annotations().equals(Annotations.NONE)) {
                layers.put(layer.token(), layer);
            }
        }
    }

    private static boolean isSameWork(Layer one, Layer other) {
        return one.partitionCount() == other.partitionCount()
                && one.dependencies().equals(other.dependencies())
                && (one.operation().equals(other.operation()) || haveSameContent(one.operation(), other.operation()));
    }

    /// For operations with functions, whose objects differ where their content does not.
    private static boolean haveSameContent(Operation one, Operation other) {
        try {
            return Token.of(one).equals(Token.of(other));
        } catch (LazuliException noContent) {
            return false;
        }
    }

    private static String described(Layer layer) {
        return "layer '%s' (operation %s, %d partitions, reading %s)".formatted(
                layer.label(), layer.operation(), layer.partitionCount(), layer.dependencies());
    }

    private static Layer deliver(List<TaskGraph> graphs, List<Integer> starts, int count) {
        List<Dependency> dependencies = new ArrayList<>();
        for (int g = 0; g < graphs.size(); g++) {
            int own = graphs.get(g).outputLayer().partitionCount();
            int start = starts.get(g);
            int[] offsets = new int[count + 1];
            Arrays.setAll(offsets, p -> Math.clamp(p - start, 0, own));
            dependencies.add(new Explicit(graphs.get(g).output(), offsets, IntStream.range(0, own).toArray()));
        }
        return Layer.of(new Deliver(), count, dependencies, "deliver");
    }

    /// The only input itself.
    private record Deliver() implements Operation {
        @Override
        public String name() {
            return "deliver";
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            int d = 0;
            while (inputs.blocks(d).isEmpty()) {
                d++;
            }
            return delivered(inputs.block(d));
        }

        /// Columns in a block of their own, which can be spilled on its own; values, which cannot be shared otherwise, as they
        /// are.
        private static Block delivered(Block block) {
            return switch (block.kind()) {
                case COLUMNS -> block.recut(block.cuts());
                case OBJECT, VALUE -> block.retain();
            };
        }

        @Override
        public long grantBytes() {
            return 0;
        }
    }
}
