package io.lazuli.ml.internal.graph;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A graph while it is put together. Layers with equal tokens are there once.
public final class GraphParts {
    private final Map<Token, Integer> held = new LinkedHashMap<>();
    private final Map<Token, Layer> layers = new LinkedHashMap<>();
    private final Set<HeldResult> results = new LinkedHashSet<>();

    public static GraphParts of(Stream<Upstream> upstreams) {
        GraphParts parts = new GraphParts();
        upstreams.forEach(upstream -> {
            upstream.addTo(parts.held, parts.layers);
            parts.results.addAll(upstream.results());
        });
        return parts;
    }

    public Layer add(Operation operation, int partitionCount, List<Dependency> dependencies, String label) {
        Layer layer = Layer.of(operation, partitionCount, dependencies, label);
        layers.putIfAbsent(layer.token(), layer);
        return layer;
    }

    /// The partitions of `output` for others.
    public Upstream upstream(Layer output) {
        return new Upstream(held, List.copyOf(layers.values()), output.token(), output.partitionCount(), results);
    }

    public List<Layer> layers() {
        return List.copyOf(layers.values());
    }
}
