package io.lazuli.graph.pass;

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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Leaves out the layers that the output does not need, and of the others the partitions that nobody reads.
///
/// ```
///   a [4] --> b [4] --0,3--> out [2]             a' [2] --> b' [2] --0,1--> out [2]
///     \                                    =
///      +----> c [4]
/// ```
///
/// Layers that read an exchange keep all partitions, because its producers make a slice for each. Costs O(layers + links of
/// explicit dependencies); where nothing can be left out, one look at each link.
public record Cull() implements Pass {
    @Override
    public String name() {
        return "cull";
    }

    @Override
    public TaskGraph apply(TaskGraph graph) {
        if (isAllRead(graph)) {
            return graph;
        }
        Map<Token, BitSet> needed = needed(graph);
        Renumbering renumbering = new Renumbering(graph);
        graph.held().keySet().stream().filter(token -> !needed.containsKey(token)).forEach(renumbering::drop);
        for (Layer layer : graph.layers()) {
            BitSet partitions = needed.get(layer.token());
            if (partitions == null) {
                renumbering.drop(layer.token());
            } else if (partitions.cardinality() < layer.partitionCount()) {
                renumbering.keep(layer, new Numbers(partitions.stream().toArray()));
            }
        }
        return renumbering.apply();
    }

    /// True if every result is read or wanted: then, as no task reads itself, the output needs all of them.
    private static boolean isAllRead(TaskGraph graph) {
        Map<Token, List<Dependency>> reads = Links.readers(graph);
        return graph.held().keySet().stream().allMatch(held -> isRead(reads.getOrDefault(held, List.of())))
                && graph.layers().stream()
                        .filter(layer -> !layer.token().equals(graph.output()))
                        .allMatch(layer -> isAllRead(layer, reads.getOrDefault(layer.token(), List.of())));
    }

    private static boolean isRead(List<Dependency> reads) {
        return reads.stream().anyMatch(read -> !(read instanceof Explicit links) || links.sources().length > 0);
    }

    private static boolean isAllRead(Layer layer, List<Dependency> reads) {
        if (reads.stream().anyMatch(read -> !(read instanceof Explicit))) {
            return true;
        }
        boolean[] read = new boolean[layer.partitionCount()];
        int count = 0;
        for (Dependency links : reads) {
            for (int source : ((Explicit) links).sources()) {
                count += read[source] ? 0 : 1;
                read[source] = true;
            }
        }
        return count == read.length;
    }

    /// The partitions that the output needs, by layer; layers without any are missing.
    private static Map<Token, BitSet> needed(TaskGraph graph) {
        Set<Token> fixed = Renumbering.fixed(graph);
        Map<Token, Integer> counts = new HashMap<>(graph.held());
        graph.layers().forEach(layer -> counts.put(layer.token(), layer.partitionCount()));
        Map<Token, BitSet> needed = new HashMap<>();
        needed.put(graph.output(), new BitSet());
        for (Layer layer : graph.layers().reversed()) {
            BitSet own = needed.get(layer.token());
            if (own == null) {
                continue;
            }
            boolean exchanges = layer.dependencies().stream().anyMatch(d -> d instanceof Exchange);
            if (exchanges || fixed.contains(layer.token())) {
                own.set(0, layer.partitionCount());
            }
            addOwn(layer, own);
            for (Dependency dependency : layer.dependencies()) {
                BitSet read = read(dependency, own, counts.getOrDefault(dependency.on(), 0));
                if (!read.isEmpty() || fixed.contains(dependency.on())) {
                    needed.computeIfAbsent(dependency.on(), token -> new BitSet()).or(read);
                }
            }
        }
        return needed;
    }

    /// Adds what needed partitions read within their own layer: inputs have lower numbers, so one walk down finds all.
    private static void addOwn(Layer layer, BitSet own) {
        List<Explicit> within = Links.within(layer);
        if (within.isEmpty()) {
            return;
        }
        for (int p = own.length() - 1; p >= 0; p = own.previousSetBit(p - 1)) {
            for (Explicit links : within) {
                for (int i = links.offsets()[p]; i < links.offsets()[p + 1]; i++) {
                    own.set(links.sources()[i]);
                }
            }
        }
    }

    private static BitSet read(Dependency dependency, BitSet consumers, int producerCount) {
        BitSet read = new BitSet();
        switch (dependency) {
            case OneToOne _ -> read.or(consumers);
            case Broadcast _, Exchange _, Kept _ -> read.set(0, producerCount);
            case Tree tree -> consumers.stream().forEach(p -> tree.partitions(p, producerCount).forEach(read::set));
            case Explicit links -> consumers.stream().forEach(p -> {
                for (int i = links.offsets()[p]; i < links.offsets()[p + 1]; i++) {
                    read.set(links.sources()[i]);
                }
            });
        }
        return read;
    }
}
