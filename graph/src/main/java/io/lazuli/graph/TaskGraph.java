package io.lazuli.graph;

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
/// @param held   token -> partition count of results persisted earlier, see [Persisted]
/// @param layers every layer after those it depends on
/// @param output token of the wanted layer
public record TaskGraph(Map<Token, Integer> held, List<Layer> layers, Token output) {
    public TaskGraph {
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        layers = List.copyOf(layers);
        Objects.requireNonNull(output, "output is null");
        Map<Token, Integer> counts = new HashMap<>(held);
        for (Layer layer : layers) {
            for (Dependency dependency : layer.dependencies()) {
                Integer producerCount = counts.get(dependency.on());
                if (producerCount == null) {
                    throw new IllegalArgumentException("layer " + layer + " depends on " + dependency.on().abbreviation()
                            + ", which is not an earlier layer: a cycle or a missing layer");
                }
                dependency.check(layer.partitionCount(), producerCount);
            }
            if (counts.put(layer.token(), layer.partitionCount()) != null) {
                throw new IllegalArgumentException("layer " + layer + " occurs twice");
            }
        }
        if (layers.stream().noneMatch(layer -> layer.token().equals(output))) {
            throw new IllegalArgumentException("no layer has the output's token " + output);
        }
    }

    public static TaskGraph of(List<Layer> layers) {
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
        Map<Token, Integer> counts = layers.stream().collect(Collectors.toMap(Layer::token, Layer::partitionCount));
        counts.putAll(held);
        return layer.dependencies().stream().map(dependency -> counts.get(dependency.on())).toList();
    }

    @Override
    public String toString() {
        return layers.stream().map(Layer::toString).collect(Collectors.joining("\n"));
    }
}
