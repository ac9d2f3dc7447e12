package io.lazuli.graph.delayed;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
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
///
/// A [Part] is no call: what makes or holds it comes first in the graph, and calls read it as they read other layers.
final class Lowering {
    /// In place of a producer: there is none.
    private static final int NOTHING = -1;

    private record Group(int stage, Annotations annotations) {}

    private final Numbering numbering;
    private final List<CallLayer> layers = new ArrayList<>();
    private final Map<Group, CallLayer> layersByGroup = new HashMap<>();
    /// What parts are of, with their places in order.
    private final Map<Upstream, Integer> upstreams = new LinkedHashMap<>();
    /// The layer found last: most calls are annotated like the one before.
    private @Nullable CallLayer last;
    /// By number of the call: the index of its layer; of a part the place of its upstream, as `~place`.
    private final int[] producerOf;
    private final int[] partitionOf;
    private final List<? extends Delayed<?>> wanted;

    private Lowering(List<? extends Delayed<?>> wanted) {
        this.wanted = wanted;
        this.numbering = Numbering.of(wanted);
        this.producerOf = new int[numbering.count()];
        this.partitionOf = new int[numbering.count()];
    }

    /// Errors: IllegalArgumentException if nothing is wanted; USER if a pure call has an argument without stable content.
    static Lowering of(List<? extends Delayed<?>> wanted) {
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("a graph needs at least one wanted call");
        }
        Lowering lowering = new Lowering(wanted);
        for (int n = 0; n < lowering.producerOf.length; n++) {
            lowering.place(n);
        }
        return lowering;
    }

    TaskGraph graph() {
        boolean isContent = numbering.isContent();
        IntFunction<Token> tokens = tokens(isContent);
        Map<Token, Integer> held = new LinkedHashMap<>();
        Map<Token, Layer> built = new LinkedHashMap<>();
        upstreams.keySet().forEach(upstream -> upstream.addTo(held, built));
        built.keySet().removeAll(held.keySet());
        layers.stream().sorted(Comparator.comparingInt(layer -> layer.stage)).forEach(
                layer -> built.put(tokens.apply(layer.index), layer.toLayer(tokens)));
        int output = producerOf(numbering.of(wanted.getFirst()));
        if (isOutput(output) && built.containsKey(tokens.apply(output))) {
            return new TaskGraph(held, List.copyOf(built.values()), tokens.apply(output));
        }
        Layer delivery = delivery(tokens, isContent);
        built.put(delivery.token(), delivery);
        return new TaskGraph(held, List.copyOf(built.values()), delivery.token());
    }

    /// What the graph reads of engines.
    Set<HeldResult> results() {
        Set<HeldResult> results = new LinkedHashSet<>();
        upstreams.keySet().forEach(upstream -> results.addAll(upstream.results()));
        return results;
    }

    int numberOf(Delayed<?> call) {
        return numbering.of(call);
    }

    /// Where the result is: the index of the call's layer; negative if it is no call.
    int producerOf(int number) {
        return producerOf[number];
    }

    int partitionOf(int number) {
        return partitionOf[number];
    }

    private void place(int number) {
        Delayed<?> call = numbering.call(number);
        if (call.arguments() instanceof Part part) {
            producerOf[number] = ~upstreams.computeIfAbsent(part.upstream(), _ -> upstreams.size());
            partitionOf[number] = part.partition();
            return;
        }
        CallLayer layer = layer(stage(call), call.function().annotations());
        producerOf[number] = layer.index;
        partitionOf[number] = layer.size();
        layer.add(call, this);
    }

    private int stage(Delayed<?> call) {
        int stage = 0;
        for (int i = 0; i < call.argumentCount(); i++) {
            int producer = call.argument(i) instanceof Delayed<?> input ? producerOf(numbering.of(input)) : NOTHING;
            if (producer >= 0) {
                CallLayer layer = layers.get(producer);
                boolean changes = !layer.isAnnotated(call.function().annotations());
                stage = Math.max(stage, layer.stage + (changes ? 1 : 0));
            }
        }
        return stage;
    }

    private CallLayer layer(int stage, Annotations annotations) {
        CallLayer found = last;
        if (found == null || found.stage != stage || !found.isAnnotated(annotations)) {
            found = layersByGroup.computeIfAbsent(new Group(stage, annotations), group -> {
                CallLayer layer = new CallLayer(layers.size(), group.stage, group.annotations);
                layers.add(layer);
                return layer;
            });
            last = found;
        }
        return found;
    }

    /// Of upstreams their own; of layers the hash of their calls if all of them are told by content, else random ones.
    private IntFunction<Token> tokens(boolean isContent) {
        List<Token> given = upstreams.keySet().stream().map(Upstream::token).toList();
        List<Token> own = isContent
                ? contents().stream().map(calls -> Token.of("calls", calls, given)).toList()
                : Stream.generate(Token::random).limit(layers.size()).toList();
        return producer -> producer >= 0 ? own.get(producer) : given.get(~producer);
    }

    /// Of each layer the tokens of its calls.
    private List<List<Token>> contents() {
        List<List<Token>> contents = new ArrayList<>();
        layers.forEach(_ -> contents.add(new ArrayList<>()));
        for (int n = 0; n < producerOf.length; n++) {
            if (producerOf[n] >= 0) {
                contents.get(producerOf[n]).add(numbering.tokenOf(n));
            }
        }
        return contents;
    }

    /// True if a layer, or what is held, has exactly what is wanted, in that order.
    private boolean isOutput(int producer) {
        if (partitionCount(producer) != wanted.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            int number = numbering.of(wanted.get(i));
            if (producerOf[number] != producer || partitionOf[number] != i) {
                return false;
            }
        }
        return true;
    }

    private int partitionCount(int producer) {
        return producer >= 0
                ? layers.get(producer).size()
                : List.copyOf(upstreams.keySet()).get(~producer).partitionCount();
    }

    private Layer delivery(IntFunction<Token> tokens, boolean isContent) {
        Map<Integer, LinkList> links = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            int number = numbering.of(wanted.get(i));
            links.computeIfAbsent(producerOf[number], _ -> new LinkList(links.size())).add(i, partitionOf[number]);
        }
        List<Dependency> reads = new ArrayList<>();
        links.forEach((producer, list) -> reads.add(list.on(tokens.apply(producer), wanted.size())));
        return isContent
                ? Layer.of(new Delivery(), wanted.size(), reads, "deliver")
                : new Layer(Token.random(), new Delivery(), wanted.size(), reads, "deliver");
    }
}
