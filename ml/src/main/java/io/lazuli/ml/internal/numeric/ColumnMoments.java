package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// Means of columns and the sums of squared distances from them, over rows with weights. As [Comoments], without the products of different
/// columns.
///
/// @param count  rows
/// @param weight the sum of their weights
public record ColumnMoments(long count, double weight, double[] means, double[] squares) {
    public static ColumnMoments of(int columnCount) {
        return new ColumnMoments(0, 0, new double[columnCount], new double[columnCount]);
    }

    /// Of a tile. Changes nothing.
    public static ColumnMoments of(double[][] columns, int columnCount, double[] weights, int length) {
        double weight = Products.sum(weights, length);
        ColumnMoments tile = new ColumnMoments(length, weight, new double[columnCount], new double[columnCount]);
        if (weight == 0) {
            return tile;
        }
        ColumnProducts.add(columns, columnCount, weights, length, tile.means, 0);
        Products terms = new Products();
        double[] distances = new double[length];
        double[] weighted = new double[length];
        for (int j = 0; j < columnCount; j++) {
            tile.means[j] /= weight;
            distances(columns[j], tile.means[j], weights, length, distances, weighted);
            tile.squares[j] = terms.dot(distances, weighted, length);
        }
        return tile;
    }

    private static void distances(
            double[] column, double mean, double[] weights, int length, double[] distances, double[] weighted) {
        for (int row = 0; row < length; row++) {
            distances[row] = column[row] - mean;
            weighted[row] = distances[row] * weights[row];
        }
    }

    /// The sum of both. Changes neither.
    public static ColumnMoments merge(ColumnMoments left, ColumnMoments right) {
        if (left.weight == 0 || right.weight == 0) {
            ColumnMoments one = left.weight == 0 ? right : left;
            return new ColumnMoments(left.count + right.count, one.weight, one.means, one.squares);
        }
        double weight = left.weight + right.weight;
        double share = right.weight / weight;
        double[] means = new double[left.means.length];
        double[] squares = new double[means.length];
        Arrays.setAll(means, j -> left.means[j] + (right.means[j] - left.means[j]) * share);
        Arrays.setAll(squares, j -> {
            double distance = right.means[j] - left.means[j];
            return left.squares[j] + right.squares[j] + distance * distance * left.weight * share;
        });
        return new ColumnMoments(left.count + right.count, weight, means, squares);
    }
}
