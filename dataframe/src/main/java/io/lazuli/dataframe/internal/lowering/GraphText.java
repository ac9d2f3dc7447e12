package io.lazuli.dataframe.internal.lowering;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The layers of a graph for people: number, label, partitions, and what they take from which layer.
public final class GraphText {
    private GraphText() {}

    /// One line a layer, each ending with a line feed.
    public static String of(TaskGraph graph) {
        return of(graph, Map.of());
    }

    /// As [#of(TaskGraph)], with more to say of some layers.
    public static String of(TaskGraph graph, Map<Token, String> notes) {
        List<Layer> layers = graph.layers();
        Map<Token, String> names = new HashMap<>();
        graph.held().keySet().forEach(token -> names.put(token, "held " + token.abbreviation()));
        int width = layers.stream().mapToInt(layer -> layer.label().length()).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            names.put(layer.token(), Integer.toString(i));
            String inputs = layer.dependencies().stream()
                    .map(dependency -> pattern(dependency) + " " + names.get(dependency.on()))
                    .collect(Collectors.joining(", "));
            String note = notes.containsKey(layer.token()) ? "  (" + notes.get(layer.token()) + ")" : "";
            String partitions = layer.partitionCount() == 1 ? "1 partition" : layer.partitionCount() + " partitions";
            text.append(("  %d  %-" + Math.max(1, width) + "s  %-13s  %s")
                    .formatted(i, layer.label(), partitions, inputs).stripTrailing())
                    .append(note)
                    .append('\n');
        }
        return text.toString();
    }

    private static String pattern(Dependency dependency) {
        return switch (dependency) {
            case Dependency.OneToOne ignored -> "each of";
            case Dependency.Broadcast ignored -> "all of";
            case Dependency.Kept ignored -> "keeping";
            case Dependency.Exchange ignored -> "slices of";
            case Dependency.Tree ignored -> "neighbours of";
            case Dependency.Explicit ignored -> "some of";
        };
    }
}
