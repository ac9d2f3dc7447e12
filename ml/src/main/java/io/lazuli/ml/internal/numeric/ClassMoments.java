package io.lazuli.ml.internal.numeric;

import io.lazuli.ml.fit.Tile;
import java.util.Arrays;

/// Means of features by class and the sums of squared distances from them, over rows with weights. Merged as [ColumnMoments].
///
/// @param weights by class: the sum of its rows' weights
/// @param means   by class, then feature; 0 for classes without rows
/// @param squares by class, then feature
public record ClassMoments(double[] weights, double[][] means, double[][] squares) {
    public static ClassMoments of(int classCount, int featureCount) {
        return new ClassMoments(
                new double[classCount], new double[classCount][featureCount], new double[classCount][featureCount]);
    }

    public boolean isEmpty() {
        return Arrays.stream(weights).allMatch(weight -> weight == 0);
    }

    /// The sum of squared distances of a feature from its mean over all classes.
    public double square(int feature) {
        double weight = 0;
        double mean = 0;
        double square = 0;
        for (int c = 0; c < weights.length; c++) {
            if (weights[c] > 0) {
                double distance = means[c][feature] - mean;
                double share = weights[c] / (weight + weights[c]);
                square += squares[c][feature] + distance * distance * weight * share;
                mean += distance * share;
                weight += weights[c];
            }
        }
        return square;
    }

    /// The sum of both. Changes neither.
    public static ClassMoments merge(ClassMoments left, ClassMoments right) {
        int features = left.means.length == 0 ? 0 : left.means[0].length;
        ClassMoments both = of(left.weights.length, features);
        for (int c = 0; c < left.weights.length; c++) {
            both.weights[c] = left.weights[c] + right.weights[c];
            double share = both.weights[c] == 0 ? 0 : right.weights[c] / both.weights[c];
            for (int j = 0; j < features; j++) {
                double distance = right.means[c][j] - left.means[c][j];
                both.means[c][j] = left.means[c][j] + distance * share;
                both.squares[c][j] = left.squares[c][j] + right.squares[c][j]
                        + distance * distance * left.weights[c] * share;
            }
        }
        return both;
    }

    /// Sums up tiles, whose targets are classes.
    ///
    /// Used by one thread at a time.
    public static final class Builder {
        private final int featureCount;
        private ClassMoments sum;
        private int[] classes = {};

        public Builder(int classCount, int featureCount) {
            this.featureCount = featureCount;
            this.sum = of(classCount, featureCount);
        }

        public void add(Tile rows) {
            int length = rows.length();
            if (classes.length < length) {
                classes = new int[length];
            }
            ClassMoments tile = of(sum.weights.length, featureCount);
            for (int row = 0; row < length; row++) {
                classes[row] = (int) rows.target()[row];
                tile.weights[classes[row]] += rows.weights()[row];
            }
            double[] means = new double[sum.weights.length];
            double[] squares = new double[sum.weights.length];
            for (int j = 0; j < featureCount; j++) {
                Arrays.fill(means, 0);
                Arrays.fill(squares, 0);
                addMeans(rows.feature(j), rows.weights(), length, means);
                for (int c = 0; c < means.length; c++) {
                    means[c] = tile.weights[c] == 0 ? 0 : means[c] / tile.weights[c];
                    tile.means[c][j] = means[c];
                }
                addSquares(rows.feature(j), rows.weights(), length, means, squares);
                for (int c = 0; c < means.length; c++) {
                    tile.squares[c][j] = squares[c];
                }
            }
            sum = merge(sum, tile);
        }

        private void addMeans(double[] column, double[] weights, int length, double[] means) {
            for (int row = 0; row < length; row++) {
                means[classes[row]] += weights[row] * column[row];
            }
        }

        private void addSquares(double[] column, double[] weights, int length, double[] means, double[] squares) {
            for (int row = 0; row < length; row++) {
                double distance = column[row] - means[classes[row]];
                squares[classes[row]] += weights[row] * distance * distance;
            }
        }

        public ClassMoments finish() {
            return sum;
        }
    }
}
