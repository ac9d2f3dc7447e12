package io.lazuli.graph.pass;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Dependency.Kept;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Dependency.Tree;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs a layer inside the tasks of its only consumer, if that reads it partition by partition and reads nothing else.
///
/// ```
///   load --one-to-one--> parse --one-to-one--> filter --exchange--> sort
///
///   load > parse > filter --exchange--> sort
/// ```
///
/// The layer that comes of it has the token of the last, because it computes the same. No task waits for more than before,
/// and none that could run beside another runs after it now. Exchanges and broadcasts stay, as do the output and layers that
/// several read; a layer whose annotations cannot be joined with its consumer's stays too ([Annotations#fusedWith]). A time
/// limit that comes with the job holds for the fused task as a whole.
public record FuseLayers() implements Pass {
    @Override
    public String name() {
        return "fuse-layers";
    }

    @Override
    public TaskGraph apply(TaskGraph graph) {
        Map<Token, List<Dependency>> readers = Links.readers(graph);
        Set<Token> fixed = Renumbering.fixed(graph);
        Map<Token, Chain> chains = new HashMap<>();
        List<Chain> inOrder = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            Chain chain = before(layer, chains);
            if (chain == null
                    || fixed.contains(chain.last().token())
                    || readers.getOrDefault(chain.last().token(), List.of()).size() > 1
                    || !chain.add(layer)) {
                chain = new Chain(layer);
                inOrder.add(chain);
            }
            chains.put(layer.token(), chain);
        }
        return inOrder.size() == graph.layers().size() ? graph : rebuilt(graph, chains);
    }

    /// The chain that a layer would prolong: it reads its last layer, partition by partition, and nothing else.
    private static @Nullable Chain before(Layer layer, Map<Token, Chain> chains) {
        if (layer.dependencies().size() != 1) {
            return null;
        }
        Dependency dependency = layer.dependencies().getFirst();
        Chain chain = chains.get(dependency.on());
        return chain != null && readsOneEach(dependency, layer.partitionCount(), chain.last().partitionCount())
                ? chain
                : null;
    }

    private static boolean readsOneEach(Dependency dependency, int count, int producerCount) {
        return switch (dependency) {
            case OneToOne _ -> true;
            case Tree _ -> producerCount == 1;
            case Explicit links ->
                count == producerCount
                        && new Numbers(links.sources()).isIdentity()
                        && new Numbers(links.offsets()).isIdentity();
            case Broadcast _, Exchange _, Kept _ -> false;
        };
    }

    /// Each chain in the place of its last layer.
    private static TaskGraph rebuilt(TaskGraph graph, Map<Token, Chain> chains) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : graph.layers()) {
            Chain chain = chains.get(layer.token());
            if (chain != null && chain.last() == layer) {
                layers.add(chain.toLayer());
            }
        }
        return new TaskGraph(graph.held(), layers, graph.output());
    }

    /// Layers that become one.
    private static final class Chain {
        /// Each the only one that reads the one before.
        final List<Layer> layers = new ArrayList<>();
        /// Of all of them.
        Annotations annotations;

        Chain(Layer first) {
            layers.add(first);
            annotations = first.annotations();
        }

        Layer last() {
            return layers.getLast();
        }

        /// False if the annotations do not go together.
        boolean add(Layer layer) {
            annotations.fusedWith(layer.annotations()).ifPresent(joined -> {
                annotations = joined;
                layers.add(layer);
            });
            return last() == layer;
        }

        Layer toLayer() {
            return layers.size() == 1
                    ? last()
                    : new Layer(
                            last().token(), FusedLayers.of(layers), last().partitionCount(),
                            layers.getFirst().dependencies(),
                            Fused.join(layers.size(), i -> layers.get(i).label()), annotations);
        }
    }
}
