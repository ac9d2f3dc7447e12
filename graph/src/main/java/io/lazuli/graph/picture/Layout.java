package io.lazuli.graph.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/// Places for what a [Drawing] shows, in pixels: rows from top to bottom ([Rows]), an order in each row ([Crossings]), an x for
/// each ([Columns]). Boxes and texts never overlap. Everything is computed from sizes alone, so that it is the same
/// everywhere.
///
/// @param boxes  places of the boxes
/// @param routes how the arrows go
record Layout(int width, int height, List<Place> boxes, List<Route> routes) {
    /// Height of a line of an arrow's text.
    static final int TEXT_LINE = 16;
    /// Height of a line in a box.
    static final int BOX_LINE = 16;
    static final int MARGIN = 20;
    private static final int ROW_GAP = 40;
    private static final int TEXT_ROW_GAP = 18;
    private static final int PORT_DISTANCE = 14;

    Layout {
        boxes = List.copyOf(boxes);
        routes = List.copyOf(routes);
    }

    /// A rectangle.
    record Place(int x, int y, int width, int height) {
        static Place of(Item item) {
            return new Place(item.left(), item.y, item.width, item.height);
        }

        int middle() {
            return x + width / 2;
        }
    }

    /// An arrow: from the first point to the second straight down, to the third in a curve, and so on in turns.
    ///
    /// @param text where its text is
    record Route(List<Point> points, Optional<Place> text) {
        Route {
            points = List.copyOf(points);
        }
    }

    record Point(int x, int y) {}

    static int boxWidth(int columns) {
        return 24 + (int) Math.ceil(7.5 * columns);
    }

    static int boxHeight(int lines) {
        return 14 + BOX_LINE * lines;
    }

    /// Of one line beside an arrow, in a font of 11 pixels.
    static int textWidth(String text) {
        return 8 + (int) Math.ceil(6.9 * Labels.columns(text));
    }

    static Layout of(Drawing drawing) {
        Rows rows = Rows.of(drawing);
        Crossings.reduce(rows.rows);
        Columns.settle(rows.rows);
        moveToMargin(rows.rows);
        int[] bottoms = settleHeights(rows.rows);
        int right = rows.rows.stream().flatMap(List::stream).mapToInt(item -> item.left() + item.width).max().orElse(0);
        int bottom = bottoms.length == 0 ? 0 : bottoms[bottoms.length - 1];
        return new Layout(right + MARGIN, bottom + MARGIN, rows.boxes.stream().map(Place::of).toList(),
                routes(rows, bottoms));
    }

    private static void moveToMargin(List<List<Item>> rows) {
        // Sixteenths are exact, so that moving everything moves every rounded edge as much.
        rows.forEach(row -> row.forEach(item -> item.x = Math.rint(item.x * 16) / 16));
        int left = rows.stream().flatMap(List::stream).mapToInt(Item::left).min().orElse(0);
        rows.forEach(row -> row.forEach(item -> item.x += MARGIN - left));
    }

    /// Sets every y; returns the lower edges of the rows.
    private static int[] settleHeights(List<List<Item>> rows) {
        boolean hasTexts = rows.stream().flatMap(List::stream).anyMatch(item -> item.kind == Item.Kind.TEXT);
        int gap = hasTexts ? TEXT_ROW_GAP : ROW_GAP;
        int[] bottoms = new int[rows.size()];
        int top = MARGIN;
        for (int r = 0; r < bottoms.length; r++) {
            int height = rows.get(r).stream().mapToInt(item -> item.height).max().orElse(0);
            for (Item item : rows.get(r)) {
                item.y = top + (height - item.height) / 2;
            }
            bottoms[r] = top + height;
            top = bottoms[r] + gap;
        }
        return bottoms;
    }

    private static List<Route> routes(Rows rows, int[] bottoms) {
        int[] tops = new int[bottoms.length];
        for (int r = 0; r < tops.length; r++) {
            int height = rows.rows.get(r).stream().mapToInt(item -> item.height).max().orElse(0);
            tops[r] = bottoms[r] - height;
        }
        List<Route> routes = new ArrayList<>();
        Ports ports = Ports.of(rows.paths);
        for (int a = 0; a < rows.paths.size(); a++) {
            List<Item> path = rows.paths.get(a);
            List<Point> points = new ArrayList<>();
            Item from = path.getFirst();
            points.add(new Point(ports.exits[a], from.y + from.height));
            points.add(new Point(ports.exits[a], bottoms[from.row]));
            for (Item item : path.subList(1, path.size() - 1)) {
                int x = (int) Math.round(item.x);
                points.add(new Point(x, tops[item.row]));
                points.add(new Point(x, bottoms[item.row]));
            }
            points.add(new Point(ports.entries[a], tops[path.getLast().row]));
            points.add(new Point(ports.entries[a], path.getLast().y));
            routes.add(new Route(
                    points, path.stream().filter(item -> item.kind == Item.Kind.TEXT).findFirst().map(Place::of)));
        }
        return routes;
    }

    /// Where arrows leave and enter boxes: side by side, in the order of where they come from or go to.
    private record Ports(int[] exits, int[] entries) {
        static Ports of(List<List<Item>> paths) {
            Map<Item, List<Integer>> leaving = new HashMap<>();
            Map<Item, List<Integer>> entering = new HashMap<>();
            for (int a = 0; a < paths.size(); a++) {
                leaving.computeIfAbsent(paths.get(a).getFirst(), item -> new ArrayList<>()).add(a);
                entering.computeIfAbsent(paths.get(a).getLast(), item -> new ArrayList<>()).add(a);
            }
            Ports ports = new Ports(new int[paths.size()], new int[paths.size()]);
            leaving.forEach((box, arrows) -> spread(box, arrows, a -> paths.get(a).get(1).x, ports.exits));
            entering.forEach((box, arrows) -> spread(box, arrows, a -> paths.get(a).get(paths.get(a).size() - 2).x,
                    ports.entries));
            return ports;
        }

        private static void spread(Item box, List<Integer> arrows, IntToDoubleFunction far, int[] ports) {
            arrows.sort(Comparator.comparingDouble((Integer a) -> far.applyAsDouble(a)));
            double distance = Math.min(PORT_DISTANCE, 0.8 * box.width / arrows.size());
            for (int i = 0; i < arrows.size(); i++) {
                ports[arrows.get(i)] = (int) Math.round(box.x + (i - (arrows.size() - 1) / 2.0) * distance);
            }
        }
    }
}
