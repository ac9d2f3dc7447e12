package io.lazuli.graph.picture;

import io.lazuli.graph.picture.Drawing.Arrow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The boxes of a drawing in rows, so that all arrows lead down, and what arrows leave in the rows between: each box one row
/// below the lowest that has an arrow to it, boxes without such a one right above the first that they lead to.
///
/// ```
///   row 0   a                  The text of an arrow has a row of its own, above the box that it leads to: so no text ever
///   row 1   |  text            lies on a box or on another text.
///   row 2   |   b
///   row 3  text text
///   row 4     c
/// ```
final class Rows {
    /// With more crossings than this, arrows are drawn straight.
    private static final int MOST_CROSSINGS = 20_000;

    final List<List<Item>> rows = new ArrayList<>();
    final List<Item> boxes = new ArrayList<>();
    /// What each arrow goes through, both boxes included.
    final List<List<Item>> paths = new ArrayList<>();

    private Rows() {}

    static Rows of(Drawing drawing) {
        boolean hasTexts = drawing.arrows().stream().anyMatch(arrow -> !arrow.text().isEmpty());
        int[] numbers = numbers(drawing);
        Rows rows = new Rows();
        for (int b = 0; b < numbers.length; b++) {
            rows.addBox(drawing.boxes().get(b), hasTexts ? 2 * numbers[b] : numbers[b]);
        }
        long crossings = drawing.arrows().stream().mapToLong(a -> numbers[a.to()] - numbers[a.from()] - 1).sum();
        drawing.arrows().forEach(arrow -> rows.addArrow(arrow, crossings <= MOST_CROSSINGS));
        return rows;
    }

    private static int[] numbers(Drawing drawing) {
        int[] numbers = new int[drawing.boxes().size()];
        boolean[] isFirst = new boolean[numbers.length];
        Arrays.fill(isFirst, true);
        List<List<Integer>> targets = new ArrayList<>();
        for (int b = 0; b < numbers.length; b++) {
            targets.add(new ArrayList<>());
        }
        for (Arrow arrow : drawing.arrows()) {
            targets.get(arrow.from()).add(arrow.to());
            isFirst[arrow.to()] = false;
        }
        for (int b = 0; b < numbers.length; b++) {
            for (int target : targets.get(b)) {
                numbers[target] = Math.max(numbers[target], numbers[b] + 1);
            }
        }
        for (int b = 0; b < numbers.length; b++) {
            if (isFirst[b]) {
                numbers[b] = targets.get(b).stream().mapToInt(target -> numbers[target] - 1).min().orElse(0);
            }
        }
        return numbers;
    }

    private void addBox(Drawing.Box box, int row) {
        int columns = box.lines().stream().mapToInt(Labels::columns).max().orElse(0);
        Item item = new Item(Item.Kind.BOX, Layout.boxWidth(columns), Layout.boxHeight(box.lines().size()), row);
        boxes.add(item);
        place(item);
    }

    private void place(Item item) {
        while (rows.size() <= item.row) {
            rows.add(new ArrayList<>());
        }
        item.place = rows.get(item.row).size();
        rows.get(item.row).add(item);
    }

    private void addArrow(Arrow arrow, boolean bends) {
        Item from = boxes.get(arrow.from());
        Item to = boxes.get(arrow.to());
        List<Item> path = new ArrayList<>(List.of(from));
        for (int row = from.row + 1; row < to.row; row++) {
            boolean isText = row == to.row - 1 && !arrow.text().isEmpty();
            if (isText) {
                path.add(new Item(Item.Kind.TEXT, Layout.textWidth(arrow.text()), Layout.TEXT_LINE, row));
            } else if (bends) {
                path.add(new Item(Item.Kind.CROSSING, 0, 0, row));
            }
        }
        path.subList(1, path.size()).forEach(this::place);
        path.add(to);
        for (int i = 1; i < path.size(); i++) {
            if (path.get(i).row == path.get(i - 1).row + 1) {
                Item.link(path.get(i - 1), path.get(i));
            }
        }
        paths.add(path);
    }
}
