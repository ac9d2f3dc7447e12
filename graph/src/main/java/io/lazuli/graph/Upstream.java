package io.lazuli.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Partitions that a collection reads of another one: what makes them, which becomes a part of its own graph, or what keeps
/// them. Equal if the partitions are.
///
/// ```
///   bag.toDelayed()        range -> map [4]  <- call       upstream: the layers of the bag
///   delayed.persist()      held [1]          <- call       upstream: the held result alone
/// ```
///
/// @param held    as in [TaskGraph]
/// @param layers  as in [TaskGraph]; empty if the partitions are held
/// @param token   of the partitions
/// @param results what `held` names; kept as long as this is reachable
public record Upstream(
        Map<Token, Integer> held, List<Layer> layers, Token token, int partitionCount,
        Set<HeldResult> results) implements Tokenized {
    public Upstream {
        held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
        layers = List.copyOf(layers);
        results = Collections.unmodifiableSet(new LinkedHashSet<>(results));
        Objects.requireNonNull(token, "token is null");
    }

    /// The output of a graph that reads `results`.
    public static Upstream of(TaskGraph graph, Set<HeldResult> results) {
        return new Upstream(
                graph.held(), graph.layers(), graph.output(), graph.outputLayer().partitionCount(), results);
    }

    public static Upstream of(HeldResult result) {
        return new Upstream(
                Map.of(result.token(), result.partitionCount()), List.of(), result.token(), result.partitionCount(),
                Set.of(result));
    }

    /// Adds what makes the partitions to the parts of a graph that is being built, where it is not there yet.
    public void addTo(Map<Token, Integer> held, Map<Token, Layer> layers) {
        held.putAll(this.held);
        this.layers.forEach(layer -> layers.putIfAbsent(layer.token(), layer));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Upstream that && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return token.hashCode();
    }

    @Override
    public String toString() {
        return "upstream " + token.abbreviation();
    }
}
