package io.lazuli.ml.cluster;

import io.lazuli.ml.internal.numeric.Distances;
import java.util.Arrays;

/// Finds the center nearest to each row of a tile; the first of those that are as near. Used by one thread at a time.
final class NearestCenters {
    private final double[][] centers;
    private int[] nearest = {};
    private double[] squares = {};
    private double[] others = {};

    NearestCenters(double[][] centers) {
        this.centers = centers;
    }

    void find(double[][] columns, int length) {
        if (nearest.length < length) {
            nearest = new int[length];
            squares = new double[length];
            others = new double[length];
        }
        Arrays.fill(nearest, 0, length, 0);
        Distances.squared(columns, centers[0], length, squares);
        for (int c = 1; c < centers.length; c++) {
            Distances.squared(columns, centers[c], length, others);
            takeNearer(others, c, length, squares, nearest);
        }
    }

    /// Without a branch: which center is nearest is hard to predict.
    private static void takeNearer(double[] others, int other, int length, double[] squares, int[] nearest) {
        for (int row = 0; row < length; row++) {
            nearest[row] = others[row] < squares[row] ? other : nearest[row];
            squares[row] = Math.min(others[row], squares[row]);
        }
    }

    /// By row, the index of a center. Borrowed until the next tile.
    int[] nearest() {
        return nearest;
    }

    /// By row, the square of the distance from that center; NaN where a feature is. Borrowed until the next tile.
    double[] squares() {
        return squares;
    }
}
