package io.lazuli.graph.picture;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.pass.SerialRun;
import io.lazuli.graph.picture.Drawing.Arrow;
import io.lazuli.graph.picture.Drawing.Box;
import io.lazuli.graph.picture.Drawing.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PrimitiveIterator;
import java.util.TreeMap;

/// One box for each kind of task: tasks of a layer with the same name that read tasks of the same kinds. So the shape of a graph
/// is seen whose tasks are too many to be shown one by one.
///
/// ```
///   inc 0   inc 1   inc 3   inc 4           inc × 4
///      \     /         \     /                 | 4 links
///       add 2           add 5        =      add × 2
///           \           /                      | 2 links
///               add 6                        add 6
/// ```
///
/// Time and space O(tasks + links).
final class KindDrawing {
    private static final int COLUMNS = 20;

    private final TaskGraph graph;
    /// With more kinds than this there is no drawing.
    private final int most;
    private final Optional<SerialRun> run;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Token, int[]> kindsOf = new HashMap<>();

    /// What the tasks of a kind have in common.
    ///
    /// @param inputs kinds that they read, ascending
    private record Likeness(Token layer, String name, List<Integer> inputs) {}

    /// A box while it is filled.
    private static final class Kind {
        final String name;
        final String tooltip;
        final Style style;
        /// The lowest partition.
        final int first;
        int count;
        /// Position of the task that runs first, if they are coloured.
        int position = Integer.MAX_VALUE;
        /// Links from other kinds, by kind.
        final Map<Integer, Long> links = new TreeMap<>();

        Kind(String name, String tooltip, Style style, int first) {
            this.name = name;
            this.tooltip = tooltip;
            this.style = style;
            this.first = first;
        }
    }

    private KindDrawing(TaskGraph graph, boolean isColored, int most) {
        this.graph = graph;
        this.most = most;
        this.run = isColored ? Optional.of(SerialRun.of(graph)) : Optional.empty();
        graph.held().forEach((token, count) -> {
            Kind held = new Kind("held " + token.abbreviation(), "Held by the engine: " + token, Style.GIVEN, 0);
            held.count = count;
            int[] all = new int[count];
            Arrays.fill(all, kinds.size());
            kindsOf.put(token, all);
            kinds.add(held);
        });
        graph.layers().forEach(this::addLayer);
    }

    /// Empty if there are more than `most` kinds.
    static Optional<Drawing> of(TaskGraph graph, boolean isColored, int most, String note) {
        KindDrawing drawing = new KindDrawing(graph, isColored, most);
        return drawing.kinds.size() > most ? Optional.empty() : Optional.of(drawing.drawing(note));
    }

    private void addLayer(Layer layer) {
        int[] own = new int[layer.partitionCount()];
        kindsOf.put(layer.token(), own);
        Map<Token, Map<Integer, Long>> whole = new HashMap<>();
        Map<Likeness, Integer> known = new LinkedHashMap<>();
        for (int p = 0; p < own.length && kinds.size() <= most; p++) {
            Map<Integer, Long> inputs = new TreeMap<>();
            for (Dependency dependency : layer.dependencies()) {
                int[] producers = producers(dependency);
                if (dependency instanceof Dependency.Broadcast || dependency instanceof Dependency.Exchange) {
                    whole.computeIfAbsent(dependency.on(), _ -> counted(producers))
                            .forEach((kind, count) -> inputs.merge(kind, count, Long::sum));
                } else {
                    PrimitiveIterator.OfInt sources = dependency.partitions(p, producers.length).iterator();
                    while (sources.hasNext()) {
                        inputs.merge(producers[sources.nextInt()], 1L, Long::sum);
                    }
                }
            }
            own[p] = add(layer, p, inputs, known);
        }
    }

    private int[] producers(Dependency dependency) {
        return kindsOf.getOrDefault(dependency.on(), new int[0]);
    }

    private static Map<Integer, Long> counted(int[] producers) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int kind : producers) {
            counts.merge(kind, 1L, Long::sum);
        }
        return counts;
    }

    private int add(Layer layer, int partition, Map<Integer, Long> inputs, Map<Likeness, Integer> known) {
        String name = TaskDrawing.name(layer, partition);
        Likeness likeness = new Likeness(layer.token(), name, List.copyOf(inputs.keySet()));
        int number = known.computeIfAbsent(likeness, _ -> {
            Style style = layer.token().equals(graph.output()) ? Style.OUTPUT : Style.PLAIN;
            kinds.add(new Kind(name, layer.toString(), style, partition));
            return kinds.size() - 1;
        });
        Kind kind = kinds.get(number);
        kind.count++;
        run.ifPresent(order -> kind.position =
                Math.min(kind.position, order.position(new Key(layer.token(), partition))));
        inputs.forEach((input, count) -> kind.links.merge(input, count, Long::sum));
        return number;
    }

    private Drawing drawing(String note) {
        List<Box> boxes = new ArrayList<>();
        List<Arrow> arrows = new ArrayList<>();
        for (Kind kind : kinds) {
            kind.links.forEach((input, count) -> arrows.add(
                    new Arrow(input, boxes.size(), Pattern.ONE_TO_ONE, Labels.count(count, "link"))));
            String title = kind.count == 1 ? kind.name + " " + kind.first : kind.name;
            List<String> lines = new ArrayList<>(Labels.wrap(title, COLUMNS, 3));
            if (kind.count > 1) {
                lines.add("× " + Labels.number(kind.count));
            }
            boxes.add(new Box(lines, kind.tooltip, kind.style, shade(kind)));
        }
        return new Drawing(LayerDrawing.title(graph), note, boxes, arrows);
    }

    private OptionalDouble shade(Kind kind) {
        return run.filter(order -> kind.style != Style.GIVEN)
                .map(order -> OptionalDouble.of(kind.position / Math.max(1.0, order.taskCount() - 1)))
                .orElse(OptionalDouble.empty());
    }
}
