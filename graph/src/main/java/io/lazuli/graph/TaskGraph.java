package io.lazuli.graph;

import io.lazuli.graph.error.GraphErrors;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What an [Engine] runs: layers in topological order, the results held by the engine that they start from, and the layer
/// whose partitions are wanted. Immutable; checked when built.
///
/// **Errors.** When built: USER if layers form a cycle, are out of order, occur twice, or do not fit each other.
///
/// @param held   token -> partition count of results persisted earlier, see [Persisted]
/// @param layers every layer after those it depends on
/// @param output token of the wanted layer
public record TaskGraph(Map<Token, Integer> held, List<Layer> layers, Token output) {
    public TaskGraph {
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        layers = List.copyOf(layers);
        Objects.requireNonNull(output, "output is null");
        held.forEach((token, count) -> {
            if (token == null || count == null || count < 1) {
                throw GraphErrors.heldWithoutPartitions(token, count);
            }
        });
        Map<Token, Integer> counts = new HashMap<>(held);
        for (Layer layer : layers) {
            for (Dependency dependency : layer.dependencies()) {
                if (dependency.on().equals(layer.token())) {
                    checkWithin(layer, dependency);
                    continue;
                }
                Integer producerCount = counts.get(dependency.on());
                if (producerCount == null) {
                    throw GraphErrors.noEarlierLayer(layer, dependency.on().abbreviation());
                }
                check(layer, dependency, producerCount);
            }
            if (counts.put(layer.token(), layer.partitionCount()) != null) {
                throw GraphErrors.duplicateLayer(layer);
            }
        }
        if (layers.stream().noneMatch(layer -> layer.token().equals(output))) {
            throw GraphErrors.noOutputLayer(output, layers);
        }
    }

    /// A dependency of a layer on itself.
    private static void checkWithin(Layer layer, Dependency dependency) {
        if (!(dependency instanceof Dependency.Explicit explicit)) {
            throw GraphErrors.layerReadsItself(layer);
        }
        check(layer, explicit, layer.partitionCount());
        for (int p = 0; p < layer.partitionCount(); p++) {
            for (int i = explicit.offsets()[p]; i < explicit.offsets()[p + 1]; i++) {
                if (explicit.sources()[i] >= p) {
                    throw GraphErrors.taskReadsLaterTask(layer, p, explicit.sources()[i]);
                }
            }
        }
    }

    private static void check(Layer layer, Dependency dependency, int producerCount) {
        try {
            dependency.check(layer.partitionCount(), producerCount);
        } catch (IllegalArgumentException e) {
            throw GraphErrors.layersDoNotFit(layer, dependency.on().abbreviation(), e);
        }
    }

    /// A graph that wants its last layer and starts from nothing held.
    public static TaskGraph of(List<Layer> layers) {
        if (layers.isEmpty()) {
            throw GraphErrors.emptyGraph();
        }
        return new TaskGraph(Map.of(), layers, layers.getLast().token());
    }

    /// Number of tasks in all layers.
    public int taskCount() {
        return layers.stream().mapToInt(Layer::partitionCount).reduce(0, Math::addExact);
    }

    public Layer outputLayer() {
        return layers.stream().filter(layer -> layer.token().equals(output)).findFirst().orElseThrow();
    }

    /// Partition counts of the producers of a layer's dependencies, in order.
    public List<Integer> producerCounts(Layer layer) {
        Map<Token, Integer> counts = new HashMap<>(held);
        layers.forEach(known -> counts.put(known.token(), known.partitionCount()));
        return layer.dependencies().stream().map(dependency -> counts.get(dependency.on())).toList();
    }

    @Override
    public String toString() {
        return layers.stream().map(Layer::toString).collect(Collectors.joining("\n"));
    }
}
