package io.lazuli.graph.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Orders the items of each row so that few arrows cross: each goes to the mean place of what it is linked with in the row
/// before, down the rows and up again, and the best order found stays (Sugiyama, Tagawa, Toda: Methods for Visual
/// Understanding of Hierarchical System Structures, 1981).
final class Crossings {
    private static final int SWEEPS = 8;

    private final List<List<Item>> rows;

    private Crossings(List<List<Item>> rows) {
        this.rows = rows;
    }

    static void reduce(List<List<Item>> rows) {
        new Crossings(rows).reduce();
    }

    private void reduce() {
        List<List<Item>> best = copy(rows);
        long fewest = count(rows);
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (List<Item> row : down ? rows : rows.reversed()) {
                sort(row, down);
            }
            long count = count(rows);
            if (count < fewest) {
                fewest = count;
                best = copy(rows);
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            rows.set(r, best.get(r));
            number(best.get(r));
        }
    }

    private static List<List<Item>> copy(List<List<Item>> rows) {
        List<List<Item>> copy = new ArrayList<>();
        rows.forEach(row -> copy.add(new ArrayList<>(row)));
        return copy;
    }

    /// Stable: items that want the same place keep their order; those without links stay where they are.
    private static void sort(List<Item> row, boolean down) {
        row.forEach(item -> item.x = mean(down ? item.above : item.below, item.place));
        row.sort(Comparator.comparingDouble(item -> item.x));
        number(row);
    }

    private static double mean(List<Item> linked, int otherwise) {
        return linked.stream().mapToInt(item -> item.place).average().orElse(otherwise);
    }

    private static void number(List<Item> row) {
        for (int i = 0; i < row.size(); i++) {
            row.get(i).place = i;
        }
    }

    /// Pairs of arrows that cross between two rows, over all rows.
    static long count(List<List<Item>> rows) {
        long count = 0;
        for (int r = 0; r + 1 < rows.size(); r++) {
            count += count(rows.get(r), rows.get(r + 1).size());
        }
        return count;
    }

    /// Goes along the upper row; for each arrow, those before that end further right cross it. Their number comes from sums
    /// over prefixes (Fenwick's tree).
    private static long count(List<Item> upper, int lowerCount) {
        int[] sums = new int[lowerCount + 1];
        long count = 0;
        int arrows = 0;
        for (Item item : upper) {
            for (Item target : item.below) {
                count += arrows - prefix(sums, target.place + 1);
            }
            for (Item target : item.below) {
                arrows++;
                for (int i = target.place + 1; i <= lowerCount; i += i & -i) {
                    sums[i]++;
                }
            }
        }
        return count;
    }

    private static int prefix(int[] sums, int end) {
        int sum = 0;
        for (int i = end; i > 0; i -= i & -i) {
            sum += sums[i];
        }
        return sum;
    }
}
