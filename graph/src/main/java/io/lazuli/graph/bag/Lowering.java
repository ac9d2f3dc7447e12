package io.lazuli.graph.bag;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.HeldResult;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.Upstream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the plan of a bag into layers: everything between two places where elements must be kept is one layer.
///
/// ```
///   range -> map -> filter -+-> groupBy                 range > map > filter   (read twice: kept)
///                           |                      =      |             \
///                           +-> map -> count            groupBy         map > count
/// ```
///
/// Elements are kept as blocks where the plan ends, before a shuffle or any other dependency that is not piped, and where two
/// parts read them.
final class Lowering {
    private static final int LABEL_PARTS = 8;

    private final Node output;
    /// Every node, after those it reads.
    private final List<Node> nodes;
    /// How many nodes are piped from a node; 2 if one reads its blocks.
    private final Map<Node, Integer> readers = new HashMap<>();

    private Lowering(Node output) {
        this.output = output;
        this.nodes = inOrder(output);
        for (Node node : nodes) {
            for (int i = 0; i < node.inputs().size(); i++) {
                readers.merge(node.inputs().get(i), node.isPiped() && i == 0 ? 1 : 2, Integer::sum);
            }
        }
    }

    /// The graph that computes the partitions of `output`.
    static TaskGraph lower(Node output) {
        return new Lowering(output).lower();
    }

    /// Every node of a plan, after those it reads. Depth first, without recursion: plans may be deep.
    static List<Node> inOrder(Node output) {
        List<Node> nodes = new ArrayList<>();
        Set<Node> entered = new HashSet<>();
        Set<Node> left = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>(List.of(output));
        while (!open.isEmpty()) {
            Node node = open.getLast();
            if (entered.add(node)) {
                node.inputs().reversed().stream().filter(input -> !entered.contains(input)).forEach(open::addLast);
            } else {
                open.removeLast();
                if (left.add(node)) {
                    nodes.add(node);
                }
            }
        }
        return nodes;
    }

    private TaskGraph lower() {
        Map<Token, Integer> held = new LinkedHashMap<>();
        Map<Token, Layer> layers = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (node.part() instanceof Given(Upstream upstream)) {
                upstream.addTo(held, layers);
            } else if (isKept(node)) {
                layers.putIfAbsent(node.token(), layer(node));
            }
        }
        Node last = output;
        if (output.part() instanceof Given(Upstream upstream)) {
            last = Node.from(upstream, new Origin.Elements("persist"));
            layers.put(last.token(), layer(last));
        }
        layers.keySet().removeAll(held.keySet());
        return new TaskGraph(held, List.copyOf(layers.values()), last.token());
    }

    /// What a plan reads of engines.
    static Set<HeldResult> results(Node output) {
        Set<HeldResult> results = new LinkedHashSet<>();
        for (Node node : inOrder(output)) {
            if (node.part() instanceof Given(Upstream upstream)) {
                results.addAll(upstream.results());
            }
        }
        return results;
    }

    /// The partitions of a plan, for another collection.
    static Upstream upstream(Node output) {
        return Upstream.of(lower(output), results(output));
    }

    /// True if the elements of `node` become blocks.
    private boolean isKept(Node node) {
        return node.equals(output) || !(node.part() instanceof Step || node.part() instanceof Origin)
                || readers.getOrDefault(node, 0) > 1;
    }

    /// The layer that ends in `node` and begins where elements were kept last.
    private Layer layer(Node node) {
        Deque<Step> steps = new ArrayDeque<>();
        Deque<Dependency> sides = new ArrayDeque<>();
        Node current = node;
        Sink sink = new Sink.Collected();
        if (node.part() instanceof Sink last) {
            sink = last;
            current = node.inputs().getFirst();
        }
        while (current.part() instanceof Step step && (current == node || !isKept(current))) {
            steps.addFirst(step);
            if (step.hasSide()) {
                sides.addFirst(current.dependencies().getLast());
            }
            current = current.inputs().getFirst();
        }
        Origin origin = Origin.PASSED_ON;
        List<Dependency> dependencies = new ArrayList<>(List.of(new Dependency.OneToOne(current.token())));
        if (current.part() instanceof Origin first && (current == node || !isKept(current))) {
            origin = first;
            dependencies = new ArrayList<>(current.dependencies());
        }
        PartitionTask task = new PartitionTask(origin, List.copyOf(steps), sink);
        dependencies.addAll(sides);
        if (sink.isChained()) {
            dependencies.add(node.before());
        }
        return new Layer(node.token(), task, node.partitionCount(), dependencies, label(task));
    }

    /// The names of its parts; of many, the first and the last.
    private static String label(PartitionTask task) {
        List<String> names = task.parts().stream().map(Part::label).distinct().toList();
        return names.size() <= LABEL_PARTS
                ? String.join(" > ", names)
                : String.join(" > ", names.subList(0, LABEL_PARTS - 1)) + " > ... > " + names.getLast();
    }
}
