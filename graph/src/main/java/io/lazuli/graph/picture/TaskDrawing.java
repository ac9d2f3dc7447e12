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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PrimitiveIterator;

/// One box for each task and for each held partition. Where these are many, one for each kind of task ([KindDrawing]) if that
/// says more than it leaves out; where they are too many for either, the layers.
final class TaskDrawing {
    /// As many are always shown one by one.
    private static final int FEW_TASKS = 60;
    private static final int MOST_KINDS = 100;
    /// More arrows than this are a carpet.
    private static final int MOST_ARROWS = 2_500;
    private static final int COLUMNS = 20;

    private final TaskGraph graph;
    private final Optional<SerialRun> run;
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();
    /// Box of partition 0, by layer.
    private final Map<Token, Integer> places = new HashMap<>();
    private final Map<Token, Integer> counts = new HashMap<>();

    private TaskDrawing(TaskGraph graph, boolean isColored) {
        this.graph = graph;
        this.run = isColored ? Optional.of(SerialRun.of(graph)) : Optional.empty();
    }

    static Drawing of(TaskGraph graph, boolean isColored) {
        long count = LayerDrawing.taskCount(graph)
                + graph.held().values().stream().mapToLong(Integer::longValue).sum();
        if (count <= FEW_TASKS) {
            return ofTasks(graph, isColored);
        }
        String many = Labels.count(count, "task") + ": those with the same name and kinds of inputs share a box.";
        Optional<Drawing> kinds = KindDrawing.of(graph, isColored, (int) Math.min(count / 2, MOST_KINDS), many);
        return kinds.orElseGet(() -> count <= GraphPicture.MOST_TASKS
                ? ofTasks(graph, isColored)
                : LayerDrawing.of(graph, isColored, Labels.count(count, "task")
                        + " are too many to be shown one by one: these are their layers."));
    }

    private static Drawing ofTasks(TaskGraph graph, boolean isColored) {
        Drawing drawing = new TaskDrawing(graph, isColored).drawing();
        return drawing.arrows().size() <= MOST_ARROWS
                ? drawing
                : LayerDrawing.of(
                        graph, isColored,
                        Labels.count(drawing.arrows().size(), "link")
                                + " between tasks are too many to be shown: these are their layers.");
    }

    private Drawing drawing() {
        graph.held().forEach((token, count) -> {
            start(token, count);
            for (int p = 0; p < count; p++) {
                String text = "held " + token.abbreviation() + ":" + p;
                boxes.add(new Box(List.of(text), text, Style.GIVEN, OptionalDouble.empty()));
            }
        });
        for (Layer layer : graph.layers()) {
            start(layer.token(), layer.partitionCount());
            for (int p = 0; p < layer.partitionCount(); p++) {
                addTask(layer, p);
            }
        }
        return new Drawing(LayerDrawing.title(graph), "", boxes, arrows);
    }

    private void start(Token token, int count) {
        places.put(token, boxes.size());
        counts.put(token, count);
    }

    private void addTask(Layer layer, int partition) {
        Key key = new Key(layer.token(), partition);
        for (Dependency dependency : layer.dependencies()) {
            int first = places.getOrDefault(dependency.on(), 0);
            int count = counts.getOrDefault(dependency.on(), 0);
            Pattern pattern = pattern(dependency);
            PrimitiveIterator.OfInt sources = dependency.partitions(partition, count).iterator();
            while (sources.hasNext()) {
                arrows.add(new Arrow(first + sources.nextInt(), boxes.size(), pattern, ""));
            }
        }
        List<String> lines = Labels.wrap(name(layer, partition) + " " + partition, COLUMNS, 3);
        Style style = layer.token().equals(graph.output()) ? Style.OUTPUT : Style.PLAIN;
        boxes.add(new Box(lines, layer.label() + "\n" + key, style, shade(key)));
    }

    /// The name of its own that a task has, or that of its layer.
    static String name(Layer layer, int partition) {
        String name = layer.operation().nameOf(partition);
        return name.equals(layer.operation().name()) ? layer.label() : name;
    }

    /// Between two tasks an explicit link is just a link.
    private static Pattern pattern(Dependency dependency) {
        return dependency instanceof Dependency.Explicit ? Pattern.ONE_TO_ONE : Pattern.of(dependency);
    }

    private OptionalDouble shade(Key key) {
        return run.map(order -> OptionalDouble.of(order.position(key) / Math.max(1.0, order.taskCount() - 1)))
                .orElse(OptionalDouble.empty());
    }
}
