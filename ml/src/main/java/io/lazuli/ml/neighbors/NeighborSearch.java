package io.lazuli.ml.neighbors;

import java.util.Arrays;

/// Finds the rows of a tree that are nearest to a point: the nearest first, and of those that are as near the first in the order of rows.
///
/// Used by one thread at a time.
final class NeighborSearch {
    private static final int WIDTH = 4;
    /// Distances from boxes are summed up in another order than distances from rows, and may come out greater by rounding.
    private static final double ROUNDING = 1 - 1e-12;

    private final RowTree tree;
    private final NeighborMetric metric;
    private final int most;
    private final double[] sums;
    private final int[] rows;
    private final double[] distances;
    private double[] leafSums = {};
    private double[] point = {};
    private int count;

    /// @param most how many rows are looked for
    NeighborSearch(RowTree tree, NeighborMetric metric, int most) {
        this.tree = tree;
        this.metric = metric;
        this.most = most;
        this.sums = new double[most];
        this.rows = new int[most];
        this.distances = new double[most];
    }

    /// How many rows were found: none if a value of the point is NaN, fewer than wanted if there are fewer.
    int find(double[] point) {
        this.point = point;
        count = 0;
        look(tree, toBox(tree));
        for (int i = 0; i < count; i++) {
            distances[i] = metric.distance(sums[i]);
        }
        return count;
    }

    /// The rows that were found last. Overwritten by the next call of [#find].
    int[] rows() {
        return rows;
    }

    /// How far they are. Overwritten by the next call of [#find].
    double[] distances() {
        return distances;
    }

    private void look(RowTree part, double least) {
        if (count == most && least * ROUNDING > sums[most - 1]) {
            return;
        }
        switch (part) {
            case RowTree.Leaf leaf -> lookIntoLeaf(leaf);
            case RowTree.Halves halves -> {
                double first = toBox(halves.first());
                double second = toBox(halves.second());
                if (first <= second) {
                    look(halves.first(), first);
                    look(halves.second(), second);
                } else {
                    look(halves.second(), second);
                    look(halves.first(), first);
                }
            }
        }
    }

    private double toBox(RowTree part) {
        double[] lower = part.lower();
        double[] upper = part.upper();
        double sum = 0;
        for (int j = 0; j < point.length; j++) {
            sum += metric.term(Math.max(0, Math.max(lower[j] - point[j], point[j] - upper[j])));
        }
        return sum;
    }

    private void lookIntoLeaf(RowTree.Leaf leaf) {
        int length = leaf.rows().length;
        if (leafSums.length < length) {
            leafSums = new double[length];
        }
        switch (metric) {
            case EUCLIDEAN -> squares(leaf.columns(), length);
            case MANHATTAN -> differences(leaf.columns(), length);
        }
        for (int i = 0; i < length; i++) {
            if (count < most ? leafSums[i] >= 0 : leafSums[i] <= sums[most - 1]) {
                take(leafSums[i], leaf.rows()[i]);
            }
        }
    }

    private void take(double sum, int row) {
        int place = count < most ? count : most - 1;
        if (count == most && isBefore(sums[place], rows[place], sum, row)) {
            return;
        }
        while (place > 0 && isBefore(sum, row, sums[place - 1], rows[place - 1])) {
            sums[place] = sums[place - 1];
            rows[place] = rows[place - 1];
            place--;
        }
        sums[place] = sum;
        rows[place] = row;
        count = Math.min(most, count + 1);
    }

    private static boolean isBefore(double sum, int row, double otherSum, int otherRow) {
        return sum < otherSum || sum == otherSum && row < otherRow;
    }

    private void squares(double[][] columns, int length) {
        Arrays.fill(leafSums, 0, length, 0);
        int j = 0;
        for (; j + WIDTH <= columns.length; j += WIDTH) {
            addSquares(
                    columns[j], point[j], columns[j + 1], point[j + 1], columns[j + 2], point[j + 2], columns[j + 3],
                    point[j + 3], length, leafSums);
        }
        for (; j < columns.length; j++) {
            addSquares(columns[j], point[j], length, leafSums);
        }
    }

    private static void addSquares(
            double[] column0, double value0, double[] column1, double value1, double[] column2, double value2,
            double[] column3, double value3, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            double a = column0[row] - value0;
            double b = column1[row] - value1;
            double c = column2[row] - value2;
            double d = column3[row] - value3;
            into[row] += (a * a + b * b) + (c * c + d * d);
        }
    }

    private static void addSquares(double[] column, double value, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            double difference = column[row] - value;
            into[row] += difference * difference;
        }
    }

    private void differences(double[][] columns, int length) {
        Arrays.fill(leafSums, 0, length, 0);
        for (int j = 0; j < columns.length; j++) {
            addDifferences(columns[j], point[j], length, leafSums);
        }
    }

    private static void addDifferences(double[] column, double value, int length, double[] into) {
        for (int row = 0; row < length; row++) {
            into[row] += Math.abs(column[row] - value);
        }
    }
}
