package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A graph laid out for the core: layers that the output needs, their edges, task ids and order. Built outside the core;
/// costs O(layers + links of explicit dependencies).
///
/// *Order.* Results should be used soon after they are made, so a consumer's tasks go before its producers'; and of the
/// producers of one layer those behind a barrier go first, because what streams into the layer (one to one, tree) would only
/// pile up until the barrier opens:
///
/// ```
///      small --broadcast--> join <--one-to-one-- large         rank: join, small, large
/// ```
///
/// That is the reverse postorder of a depth-first walk from the output which enters barriers last.
public final class JobPlan {
    private final List<LayerPlan> layers;
    private final int output;
    private final int taskCount;

    private JobPlan(List<LayerPlan> layers, int output) {
        this.layers = List.copyOf(layers);
        this.output = output;
        this.taskCount = layers.stream().mapToInt(LayerPlan::partitionCount).reduce(0, Math::addExact);
    }

    /// Results that a job starts from.
    ///
    /// @param rows   of all partitions
    /// @param keeper the job whose output they are and which keeps them, or [#NO_KEEPER]: then the only worker has them
    public record Held(long rows, long keeper) {
        public static final long NO_KEEPER = -1;
        private static final Held NOTHING = new Held(0, NO_KEEPER);

        public static Held here(long rows) {
            return new Held(rows, NO_KEEPER);
        }
    }

    /// @param held what the graph starts from
    public static JobPlan of(TaskGraph graph, Map<Token, Held> held, JobOptions options) {
        List<Node> nodes = nodes(graph);
        int output = nodes.stream()
                .filter(node -> node.token.equals(graph.output()))
                .findFirst()
                .orElseThrow().index;
        int[] ranks = ranks(nodes, output);
        int[] places = new int[nodes.size()];
        List<Node> needed = new ArrayList<>();
        for (int n = 0; n < ranks.length; n++) {
            places[n] = needed.size();
            if (ranks[n] >= 0) {
                needed.add(nodes.get(n));
            }
        }
        List<LayerPlan> plans = new ArrayList<>();
        int offset = 0;
        for (Node node : needed) {
            plans.add(new LayerPlan(
                    node.token, node.layer, node.count, offset,
                    held.getOrDefault(node.token, Held.NOTHING), ranks[node.index], node.terms(options),
                    new ArrayList<>(),
                    new ArrayList<>()));
            offset = Math.addExact(offset, node.count);
        }
        for (Node node : needed) {
            for (int d = 0; d < node.producers.length; d++) {
                Node producer = nodes.get(node.producers[d]);
                Dependency pattern = node.dependency(d);
                Edge edge = Edge.of(places[producer.index], places[node.index], d, pattern, producer.count);
                plans.get(edge.producer()).uses().add(edge);
                plans.get(edge.consumer()).inputs().add(edge);
            }
        }
        return new JobPlan(plans, places[output]);
    }

    public List<LayerPlan> layers() {
        return layers;
    }

    /// Index of the wanted layer.
    public int output() {
        return output;
    }

    /// Tasks of all layers, the held ones too.
    public int taskCount() {
        return taskCount;
    }

    /// The layer of a task.
    ///
    /// @param place id of the task, from the job's first
    public LayerPlan layerAt(int place) {
        return layers.stream().filter(layer -> layer.has(place)).findFirst().orElseThrow();
    }

    /// What a task makes, or whose held result it stands for.
    ///
    /// @param place as for [#layerAt]
    public Key keyAt(int place) {
        LayerPlan layer = layerAt(place);
        return new Key(layer.token(), place - layer.offset());
    }

    /// A layer of the graph, needed or not; without `layer` if it is held.
    private record Node(int index, Token token, Optional<Layer> layer, int count, int[] producers) {
        Dependency dependency(int index) {
            return layer.orElseThrow().dependencies().get(index);
        }

        LayerTerms terms(JobOptions options) {
            return layer.map(l -> LayerTerms.of(options, l.annotations())).orElse(LayerTerms.NONE);
        }

        boolean isBarrier(int dependency) {
            Dependency pattern = dependency(dependency);
            return Edge.isBarrier(pattern);
        }

        /// Producers in the order of the walk: streams before barriers, the first of each kind last.
        int[] walk() {
            int[] order = new int[producers.length];
            int next = order.length;
            for (boolean barrier : new boolean[] {true, false}) {
                for (int d = 0; d < producers.length; d++) {
                    if (isBarrier(d) == barrier) {
                        order[--next] = producers[d];
                    }
                }
            }
            return order;
        }
    }

    private static List<Node> nodes(TaskGraph graph) {
        Map<Token, Integer> places = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        graph.held().forEach((token, count) -> {
            places.put(token, nodes.size());
            nodes.add(new Node(nodes.size(), token, Optional.empty(), count, new int[0]));
        });
        for (Layer layer : graph.layers()) {
            places.put(layer.token(), nodes.size());
            int[] producers = layer.dependencies().stream().mapToInt(d -> places.get(d.on())).toArray();
            nodes.add(new Node(nodes.size(), layer.token(), Optional.of(layer), layer.partitionCount(), producers));
        }
        return nodes;
    }

    /// Rank of each node, -1 if the output does not need it. Without recursion: chains may be 100,000 layers deep.
    private static int[] ranks(List<Node> nodes, int output) {
        int[] ranks = new int[nodes.size()];
        Arrays.fill(ranks, -1);
        boolean[] entered = new boolean[nodes.size()];
        Deque<Walk> path = new ArrayDeque<>();
        List<Integer> postorder = new ArrayList<>();
        path.push(new Walk(nodes.get(output)));
        entered[output] = true;
        while (!path.isEmpty()) {
            Walk top = path.peek();
            if (top.next == top.producers.length) {
                postorder.add(path.pop().node.index);
            } else {
                int producer = top.producers[top.next++];
                if (!entered[producer]) {
                    entered[producer] = true;
                    path.push(new Walk(nodes.get(producer)));
                }
            }
        }
        for (int i = 0; i < postorder.size(); i++) {
            ranks[postorder.get(i)] = postorder.size() - 1 - i;
        }
        return ranks;
    }

    /// One node on the path of the walk.
    private static final class Walk {
        final Node node;
        final int[] producers;
        /// Producers before this one have been entered.
        int next;

        Walk(Node node) {
            this.node = node;
            this.producers = node.walk();
        }
    }
}
