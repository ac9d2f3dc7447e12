package io.lazuli.graph.picture;

import java.util.List;

/// Gives the items of each row their x: close to what they are linked with, in the order of their row, at their least
/// distance.
///
/// One row at a time, the x with the least sum of squared distances to the wishes is found exactly: with the least distances
/// taken off, x must ascend along the row, so wishes that do not are pooled to their mean (isotonic regression).
///
/// ```
///   wishes       1   5 4   9
///   pooled       1  4.5 4.5  9
/// ```
final class Columns {
    private static final int SWEEPS = 10;
    /// With both sides in view; what straightens long arrows.
    private static final int LAST_SWEEPS = 60;

    private Columns() {}

    static void settle(List<List<Item>> rows) {
        for (List<Item> row : rows) {
            pack(row);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            rows.forEach(row -> settle(row, true, false));
            rows.reversed().forEach(row -> settle(row, false, true));
        }
        for (int sweep = 0; sweep < LAST_SWEEPS; sweep++) {
            (sweep % 2 == 0 ? rows : rows.reversed()).forEach(row -> settle(row, true, true));
        }
    }

    /// Side by side, around zero.
    private static void pack(List<Item> row) {
        double[] offsets = offsets(row);
        for (int i = 0; i < offsets.length; i++) {
            row.get(i).x = offsets[i] - offsets[offsets.length - 1] / 2;
        }
    }

    /// How far each item is from the first at least.
    private static double[] offsets(List<Item> row) {
        double[] offsets = new double[row.size()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + row.get(i - 1).distanceTo(row.get(i));
        }
        return offsets;
    }

    private static void settle(List<Item> row, boolean byAbove, boolean byBelow) {
        double[] offsets = offsets(row);
        double[] means = new double[row.size()];
        double[] weights = new double[row.size()];
        int[] ends = new int[row.size()];
        int pools = 0;
        for (int i = 0; i < offsets.length; i++) {
            Wish wish = Wish.of(row.get(i), byAbove, byBelow);
            means[pools] = wish.x - offsets[i];
            weights[pools] = wish.weight;
            ends[pools] = i + 1;
            pools++;
            while (pools > 1 && means[pools - 2] > means[pools - 1]) {
                pools--;
                double weight = weights[pools - 1] + weights[pools];
                means[pools - 1] =
                        (means[pools - 1] * weights[pools - 1] + means[pools] * weights[pools]) / weight;
                weights[pools - 1] = weight;
                ends[pools - 1] = ends[pools];
            }
        }
        int pool = 0;
        for (int i = 0; i < offsets.length; i++) {
            if (i == ends[pool]) {
                pool++;
            }
            row.get(i).x = means[pool] + offsets[i];
        }
    }

    /// Where an item wants to be, and how much.
    private record Wish(double x, double weight) {
        static Wish of(Item item, boolean byAbove, boolean byBelow) {
            double sum = 0;
            double weight = 0;
            for (List<Item> linked : List.of(byAbove ? item.above : List.<Item>of(),
                    byBelow ? item.below : List.<Item>of())) {
                for (Item other : linked) {
                    sum += other.x * item.pullOf(other);
                    weight += item.pullOf(other);
                }
            }
            return weight == 0 ? new Wish(item.x, 0.1) : new Wish(sum / weight, weight);
        }
    }
}
