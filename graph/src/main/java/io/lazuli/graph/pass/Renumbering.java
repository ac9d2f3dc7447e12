package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.Kept;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// New partition numbers for some layers of a graph, and what follows from them for every dependency.
///
/// ```
///   old  0 1 2 3 4      results = [1, 3, 4]: new partition 0 holds what old partition 1 held
///          |   | |
///   new    0   1 2      the layer's token becomes that of "partitions 1, 3, 4 of the old one"
/// ```
///
/// Layers that are not renumbered keep their token, whatever becomes of their inputs: they compute the same.
final class Renumbering {
    private final TaskGraph graph;
    private final Map<Token, Change> changes = new HashMap<>();
    private final Map<Token, Integer> counts = new HashMap<>();
    private final Set<Token> dropped = new HashSet<>();

    /// New partition `p` reads what old partition `inputs[p]` read, and holds what old partition `results[p]` held.
    private record Change(Operation operation, Numbers inputs, Numbers results, Token token, int[] newNumbers) {}

    Renumbering(TaskGraph graph) {
        this.graph = graph;
        counts.putAll(graph.held());
        graph.layers().forEach(layer -> counts.put(layer.token(), layer.partitionCount()));
    }

    /// Tokens of the layers that operations name while they run ([Operation#namesInputs]), and of the output: they keep
    /// their partitions.
    static Set<Token> fixed(TaskGraph graph) {
        Set<Token> fixed = new HashSet<>();
        fixed.add(graph.output());
        graph.layers().stream()
                .filter(layer -> layer.operation().namesInputs())
                .forEach(layer -> layer.dependencies().forEach(dependency -> fixed.add(dependency.on())));
        return fixed;
    }

    /// A layer or held result of which nothing is read: it goes. A dependency on it, which has no links, stays in its place
    /// for the operation's sake and leads to the consumer itself.
    void drop(Token layer) {
        dropped.add(layer);
    }

    /// The layer keeps these partitions, in this order.
    void keep(Layer layer, Numbers partitions) {
        replace(layer, Renumbered.of(layer.operation(), layer.token(), partitions), partitions, partitions);
    }

    void replace(Layer layer, Operation operation, Numbers inputs, Numbers results) {
        int[] newNumbers = results.inverse(layer.partitionCount());
        changes.put(
                layer.token(), new Change(operation, inputs, results, results.of(layer.token()), newNumbers));
    }

    TaskGraph apply() {
        if (changes.isEmpty() && dropped.isEmpty()) {
            return graph;
        }
        Map<Token, Integer> held = new LinkedHashMap<>(graph.held());
        held.keySet().removeAll(dropped);
        List<Layer> layers = graph.layers().stream()
                .filter(layer -> !dropped.contains(layer.token()))
                .map(this::rewritten)
                .toList();
        return new TaskGraph(held, layers, graph.output());
    }

    private Layer rewritten(Layer layer) {
        Change change = changes.get(layer.token());
        if (change == null && layer.dependencies().stream().allMatch(d -> isAsBefore(d.on()))) {
            return layer;
        }
        Token token = change == null ? layer.token() : change.token();
        Numbers inputs = change == null ? Numbers.upTo(layer.partitionCount()) : change.inputs();
        List<Dependency> dependencies = new ArrayList<>();
        for (Dependency dependency : layer.dependencies()) {
            dependencies.add(
                    dropped.contains(dependency.on())
                            ? new Explicit(token, new int[inputs.count() + 1], new int[0])
                            : rewritten(dependency, inputs, change != null));
        }
        Operation operation = change == null ? layer.operation() : change.operation();
        return new Layer(token, operation, inputs.count(), dependencies, layer.label(), layer.annotations());
    }

    private boolean isAsBefore(Token producer) {
        return !changes.containsKey(producer) && !dropped.contains(producer);
    }

    private Dependency rewritten(Dependency dependency, Numbers inputs, boolean consumerChanged) {
        Change producer = changes.get(dependency.on());
        if (producer == null && !consumerChanged) {
            return dependency;
        }
        return switch (dependency) {
            case Broadcast broadcast when producer == null -> broadcast;
            case Kept kept when producer == null -> kept;
            case Kept kept -> throw new IllegalStateException("partitions that are kept cannot be renumbered: " + kept);
            case Exchange exchange ->
                throw new IllegalStateException("partitions of an exchange cannot be renumbered: " + exchange);
            case OneToOne _ when producer != null && producer.results().equals(inputs) ->
                new OneToOne(producer.token());
            case Explicit explicit -> explicit(explicit, inputs, producer);
            case OneToOne _, Tree _, Broadcast _ -> listed(dependency, inputs, producer);
        };
    }

    private Explicit explicit(Explicit old, Numbers inputs, @Nullable Change producer) {
        int[] offsets = new int[inputs.count() + 1];
        for (int p = 0; p < inputs.count(); p++) {
            int from = inputs.get(p);
            offsets[p + 1] = offsets[p] + old.offsets()[from + 1] - old.offsets()[from];
        }
        int[] sources = new int[offsets[inputs.count()]];
        for (int p = 0; p < inputs.count(); p++) {
            int from = old.offsets()[inputs.get(p)];
            for (int i = offsets[p]; i < offsets[p + 1]; i++) {
                sources[i] = newNumber(old.sources()[from + i - offsets[p]], producer);
            }
        }
        return new Explicit(producer == null ? old.on() : producer.token(), offsets, sources);
    }

    private Explicit listed(Dependency old, Numbers inputs, @Nullable Change producer) {
        int producerCount = counts.getOrDefault(old.on(), 0);
        int[] offsets = new int[inputs.count() + 1];
        for (int p = 0; p < inputs.count(); p++) {
            offsets[p + 1] = offsets[p] + (int) old.partitions(inputs.get(p), producerCount).count();
        }
        int[] sources = new int[offsets[inputs.count()]];
        int next = 0;
        for (int p = 0; p < inputs.count(); p++) {
            PrimitiveIterator.OfInt all = old.partitions(inputs.get(p), producerCount).iterator();
            while (all.hasNext()) {
                sources[next++] = newNumber(all.nextInt(), producer);
            }
        }
        return new Explicit(producer == null ? old.on() : producer.token(), offsets, sources);
    }

    private static int newNumber(int partition, @Nullable Change producer) {
        return producer == null ? partition : producer.newNumbers()[partition];
    }
}
