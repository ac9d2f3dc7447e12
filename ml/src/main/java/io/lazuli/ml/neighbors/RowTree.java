package io.lazuli.ml.neighbors;

import java.util.Arrays;

/// Rows in a tree that halves them, down to leaves whose rows are stored by column. Each part knows the box that its rows lie in, so that one
/// that is too far is not looked into.
///
/// Of few features, rows are halved at the median of the feature in which the box is longest, which makes small boxes. Of many features,
/// no box is small: rows stay in their order, and leaves are large.
///
/// **Source.** Friedman, Bentley and Finkel, "An algorithm for finding best matches in logarithmic expected time" (1977).
///
/// @see NeighborSearch
sealed interface RowTree {
    int MOST_SORTED_FEATURES = 15;
    int SORTED_LEAF = 64;
    int LARGE_LEAF = 1024;

    /// The least value of each feature.
    double[] lower();

    /// The greatest value of each feature.
    double[] upper();

    /// @param columns by feature, then row
    /// @param rows    the number of each row in the order of all
    record Leaf(double[] lower, double[] upper, double[][] columns, int[] rows) implements RowTree {}

    record Halves(double[] lower, double[] upper, RowTree first, RowTree second) implements RowTree {}

    /// Of all rows.
    ///
    /// @param columns by feature, then row; finite
    static RowTree of(double[][] columns, int rowCount) {
        int[] rows = new int[rowCount];
        Arrays.setAll(rows, row -> row);
        boolean isSorted = columns.length <= MOST_SORTED_FEATURES;
        return of(columns, rows, 0, rowCount, isSorted);
    }

    private static RowTree of(double[][] columns, int[] rows, int start, int end, boolean isSorted) {
        double[] lower = new double[columns.length];
        double[] upper = new double[columns.length];
        int longest = 0;
        for (int j = 0; j < columns.length; j++) {
            bound(columns[j], rows, start, end, j, lower, upper);
            longest = upper[j] - lower[j] > upper[longest] - lower[longest] ? j : longest;
        }
        if (end - start <= (isSorted ? SORTED_LEAF : LARGE_LEAF)) {
            return leaf(columns, Arrays.copyOfRange(rows, start, end), lower, upper);
        }
        int middle = (start + end) >>> 1;
        if (isSorted) {
            Median.part(columns[longest], rows, start, end, middle);
        }
        return new Halves(
                lower, upper, of(columns, rows, start, middle, isSorted), of(columns, rows, middle, end, isSorted));
    }

    private static void bound(
            double[] column, int[] rows, int start, int end, int j, double[] lower, double[] upper) {
        lower[j] = column[rows[start]];
        upper[j] = lower[j];
        for (int i = start + 1; i < end; i++) {
            lower[j] = Math.min(lower[j], column[rows[i]]);
            upper[j] = Math.max(upper[j], column[rows[i]]);
        }
    }

    private static Leaf leaf(double[][] columns, int[] rows, double[] lower, double[] upper) {
        double[][] own = new double[columns.length][rows.length];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < rows.length; i++) {
                own[j][i] = columns[j][rows[i]];
            }
        }
        return new Leaf(lower, upper, own, rows);
    }
}
