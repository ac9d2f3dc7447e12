package io.lazuli.graph.delayed;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls as a graph: one layer for all of them, which depends on itself, numbered as [Numbering] says; and a last layer that
/// delivers what is wanted, unless that is all there is, in the same order.
///
/// ```
///    calls [4]   load <- clean <- sum          deliver [1]   <- calls 3
///                  ^--- count <---'
/// ```
///
/// Annotations are a layer's, so calls with different ones need layers of their own, and these must not depend on each other
/// in a circle. A call's *stage* is how often annotations change on the way to it, at most; calls of the same stage and
/// annotations share a layer. An input is of a lower stage, or of the same stage and the same layer: no circle.
///
/// ```
///    load (retries) <- clean <- fit (GPU) <- score         stages 0, 1, 2, 3
///                      count (of nothing)                  stage 0
/// ```
final class Lowering {
    private record Group(int stage, Annotations annotations) {}

    private final Numbering numbering;
    private final List<CallLayer> layers = new ArrayList<>();
    private final Map<Group, CallLayer> layersByGroup = new HashMap<>();
    /// The layer found last: most calls are annotated like the one before.
    private @Nullable CallLayer last;
    /// By number of the call.
    private final int[] layerOf;
    private final int[] partitionOf;
    private final List<? extends Delayed<?>> wanted;

    private Lowering(List<? extends Delayed<?>> wanted) {
        this.wanted = wanted;
        this.numbering = Numbering.of(wanted);
        this.layerOf = new int[numbering.count()];
        this.partitionOf = new int[numbering.count()];
    }

    /// Errors: IllegalArgumentException if nothing is wanted; USER if a pure call has an argument without stable content.
    static Lowering of(List<? extends Delayed<?>> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a graph needs at least one wanted call");
        }
        Lowering lowering = new Lowering(wanted);
        for (int n = 0; n < lowering.layerOf.length; n++) {
            lowering.place(n);
        }
        return lowering;
    }

    TaskGraph graph() {
        boolean isContent = numbering.isContent();
        List<Token> tokens = tokens(isContent);
        List<Layer> built = new ArrayList<>(layers.stream()
                .sorted(Comparator.comparingInt(layer -> layer.stage))
                .map(layer -> layer.toLayer(tokens))
                .toList());
        CallLayer output = layers.get(layerOf[numbering.of(wanted.getFirst())]);
        if (isOutput(output)) {
            return new TaskGraph(Map.of(), built, tokens.get(output.index));
        }
        built.add(delivery(tokens, isContent));
        return TaskGraph.of(built);
    }

    int numberOf(Delayed<?> call) {
        return numbering.of(call);
    }

    CallLayer layerOf(int number) {
        return layers.get(layerOf[number]);
    }

    int partitionOf(int number) {
        return partitionOf[number];
    }

    private void place(int number) {
        Delayed<?> call = numbering.call(number);
        CallLayer layer = layer(stage(call), call.function().annotations());
        layerOf[number] = layer.index;
        partitionOf[number] = layer.size();
        layer.add(call, this);
    }

    private int stage(Delayed<?> call) {
        int stage = 0;
        for (int i = 0; i < call.argumentCount(); i++) {
            if (call.argument(i) instanceof Delayed<?> input) {
                CallLayer layer = layerOf(numbering.of(input));
                boolean changes = !layer.annotations.equals(call.function().annotations());
                stage = Math.max(stage, layer.stage + (changes ? 1 : 0));
            }
        }
        return stage;
    }

    private CallLayer layer(int stage, Annotations annotations) {
        CallLayer found = last;
        if (found == null || found.stage != stage || !found.annotations.equals(annotations)) {
            found = layersByGroup.computeIfAbsent(new Group(stage, annotations), group -> {
                CallLayer layer = new CallLayer(layers.size(), group.stage, group.annotations);
                layers.add(layer);
                return layer;
            });
            last = found;
        }
        return found;
    }

    /// By index of the layer; the hash of its calls if all of them are told by content, else random.
    private List<Token> tokens(boolean isContent) {
        if (!isContent) {
            return Stream.generate(Token::random).limit(layers.size()).toList();
        }
        List<List<Token>> contents = new ArrayList<>();
        layers.forEach(_ -> contents.add(new ArrayList<>()));
        for (int n = 0; n < layerOf.length; n++) {
            contents.get(layerOf[n]).add(numbering.tokenOf(n));
        }
        return contents.stream().map(calls -> Token.of("calls", calls)).toList();
    }

    /// True if `layer` has exactly what is wanted, in that order.
    private boolean isOutput(CallLayer layer) {
        if (layer.size() != wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            int number = numbering.of(wanted.get(i));
            if (layerOf[number] != layer.index || partitionOf[number] != i) {
                return false;
            }
        }
        return true;
    }

    private Layer delivery(List<Token> tokens, boolean isContent) {
        Map<Integer, LinkList> links = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            int number = numbering.of(wanted.get(i));
            links.computeIfAbsent(layerOf[number], _ -> new LinkList(links.size())).add(i, partitionOf[number]);
        }
        List<Dependency> reads = new ArrayList<>();
        links.forEach((layer, list) -> reads.add(list.on(tokens.get(layer), wanted.size())));
        return isContent
                ? Layer.of(new Delivery(), wanted.size(), reads, "deliver")
                : new Layer(Token.random(), new Delivery(), wanted.size(), reads, "deliver");
    }
}
