package io.lazuli.graph.picture;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Dependency.Explicit;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/// One box for each layer and for each held result. Of graphs with very many layers, the last ones: the first are one box
/// together.
final class LayerDrawing {
    private static final int MOST_BOXES = 200;
    private static final int COLUMNS = 28;
    private static final int LABEL_LINES = 3;

    private final TaskGraph graph;
    private final boolean isColored;
    private final List<Box> boxes = new ArrayList<>();
    private final Set<Arrow> arrows = new LinkedHashSet<>();
    private final Map<Token, Integer> places = new HashMap<>();

    private LayerDrawing(TaskGraph graph, boolean isColored) {
        this.graph = graph;
        this.isColored = isColored;
    }

    /// @param why what to say besides, may be empty
    static Drawing of(TaskGraph graph, boolean isColored, String why) {
        return new LayerDrawing(graph, isColored).drawing(why);
    }

    static String title(TaskGraph graph) {
        return "Task graph: " + Labels.count(graph.layers().size(), "layer") + ", "
                + Labels.count(taskCount(graph), "task");
    }

    static long taskCount(TaskGraph graph) {
        return graph.layers().stream().mapToLong(Layer::partitionCount).sum();
    }

    private Drawing drawing(String why) {
        int left = graph.held().size() + graph.layers().size() - MOST_BOXES;
        int heldLeft = Math.min(graph.held().size(), left > 0 ? left + 1 : 0);
        int layersLeft = left > 0 ? left + 1 - heldLeft : 0;
        if (left > 0) {
            addRest(heldLeft, layersLeft);
        }
        graph.held().entrySet().stream().skip(heldLeft).forEach(held -> addHeld(held.getKey(), held.getValue()));
        List<Layer> shown = graph.layers().subList(layersLeft, graph.layers().size());
        double[] shades = isColored ? shades(shown) : new double[0];
        for (int i = 0; i < shown.size(); i++) {
            addLayer(shown.get(i), isColored ? OptionalDouble.of(shades[i]) : OptionalDouble.empty());
        }
        return new Drawing(title(graph), why, boxes, List.copyOf(arrows));
    }

    /// One box for what comes before everything else.
    private void addRest(int heldCount, int layerCount) {
        graph.held().keySet().stream().limit(heldCount).forEach(token -> places.put(token, 0));
        List<Layer> rest = graph.layers().subList(0, layerCount);
        rest.forEach(layer -> places.put(layer.token(), 0));
        List<String> lines = List.of(
                Labels.count((long) heldCount + layerCount, "earlier layer"),
                Labels.count(rest.stream().mapToLong(Layer::partitionCount).sum(), "task"));
        boxes.add(new Box(lines, "Not shown one by one", Style.GIVEN, OptionalDouble.empty()));
    }

    private void addHeld(Token token, int count) {
        places.put(token, boxes.size());
        List<String> lines = List.of("held " + token.abbreviation(), Labels.count(count, "partition"));
        boxes.add(new Box(lines, "Held by the engine: " + token, Style.GIVEN, OptionalDouble.empty()));
    }

    private void addLayer(Layer layer, OptionalDouble shade) {
        int place = boxes.size();
        List<String> lines = new ArrayList<>(Labels.wrap(layer.label(), COLUMNS, LABEL_LINES));
        lines.add(Labels.count(layer.partitionCount(), "partition"));
        long within = 0;
        for (Dependency dependency : layer.dependencies()) {
            if (dependency.on().equals(layer.token())) {
                within += ((Explicit) dependency).sources().length;
            } else {
                int producer = places.getOrDefault(dependency.on(), 0);
                arrows.add(new Arrow(producer, place, Pattern.of(dependency), Pattern.text(dependency)));
            }
        }
        if (within > 0) {
            lines.add(Labels.count(within, "link") + " within");
        }
        String tooltip = layer + "\n" + layer.operation().name();
        if (!layer.annotations().equals(Annotations.NONE)) {
            String terms = described(layer.annotations());
            lines.addAll(Labels.wrap(terms, COLUMNS, 2));
            tooltip += "\n" + terms;
        }
        places.put(layer.token(), place);
        Style style = layer.token().equals(graph.output()) ? Style.OUTPUT : Style.PLAIN;
        boxes.add(new Box(lines, tooltip, style, shade));
    }

    private static String described(Annotations annotations) {
        List<String> parts = new ArrayList<>();
        if (annotations.priority() != 0) {
            parts.add("priority " + annotations.priority());
        }
        if (annotations.retries() != Annotations.INHERITED) {
            parts.add("retries " + annotations.retries());
        }
        if (!annotations.timeout().isZero()) {
            parts.add("timeout " + annotations.timeout().toString().substring(2).toLowerCase(Locale.ROOT));
        }
        annotations.resources().forEach((name, amount) -> parts.add(name + " " + amount));
        if (!annotations.workers().isEmpty()) {
            parts.add("on " + String.join("|", annotations.workers()));
        }
        return String.join(", ", parts);
    }

    /// When the layers begin to run, from 0 for the first of them to 1 for the last.
    private double[] shades(List<Layer> layers) {
        SerialRun run = SerialRun.of(graph);
        int[] starts = layers.stream()
                .mapToInt(layer -> IntStream.range(0, layer.partitionCount())
                        .map(p -> run.position(new Key(layer.token(), p)))
                        .min()
                        .orElseThrow())
                .toArray();
        int[] sorted = starts.clone();
        Arrays.sort(sorted);
        double last = Math.max(1, layers.size() - 1);
        return IntStream.of(starts).mapToDouble(start -> Arrays.binarySearch(sorted, start) / last).toArray();
    }
}
