package io.lazuli.ml.internal.numeric;

import io.lazuli.ml.fit.Tile;
import java.util.Arrays;

/// Means of features by class, and the sums of products of distances from them over all classes, over rows with weights. Merged as
/// [Comoments].
///
/// @param weights by class: the sum of its rows' weights
/// @param means   by class, then feature; 0 for classes without rows
/// @param within  a lower triangle by features
public record ClassScatter(double[] weights, double[][] means, double[][] within) {
    public static ClassScatter of(int classCount, int featureCount) {
        double[][] within = new double[featureCount][];
        Arrays.setAll(within, i -> new double[i + 1]);
        return new ClassScatter(new double[classCount], new double[classCount][featureCount], within);
    }

    /// The sum of both. Changes neither.
    public static ClassScatter merge(ClassScatter left, ClassScatter right) {
        ClassScatter both = of(left.weights.length, left.within.length);
        for (int i = 0; i < both.within.length; i++) {
            for (int j = 0; j <= i; j++) {
                both.within[i][j] = left.within[i][j] + right.within[i][j];
            }
        }
        for (int c = 0; c < both.weights.length; c++) {
            both.weights[c] = left.weights[c] + right.weights[c];
            double share = both.weights[c] == 0 ? 0 : right.weights[c] / both.weights[c];
            double[] distances = new double[both.within.length];
            for (int j = 0; j < distances.length; j++) {
                distances[j] = right.means[c][j] - left.means[c][j];
                both.means[c][j] = left.means[c][j] + distances[j] * share;
            }
            if (left.weights[c] * share != 0) {
                addSquare(distances, left.weights[c] * share, both.within);
            }
        }
        return both;
    }

    private static void addSquare(double[] distances, double factor, double[][] into) {
        for (int i = 0; i < distances.length; i++) {
            for (int j = 0; j <= i; j++) {
                into[i][j] += factor * distances[i] * distances[j];
            }
        }
    }

    /// Sums up tiles, whose targets are classes.
    ///
    /// Used by one thread at a time.
    public static final class Builder {
        private final double[][] weighted;
        private ClassScatter sum;

        public Builder(int classCount, int featureCount) {
            this.weighted = new double[featureCount][0];
            this.sum = of(classCount, featureCount);
        }

        /// Overwrites its features.
        public void add(Tile rows) {
            int features = weighted.length;
            ClassScatter tile = of(sum.weights.length, features);
            for (int row = 0; row < rows.length(); row++) {
                tile.weights[(int) rows.target()[row]] += rows.weights()[row];
            }
            double[] means = new double[tile.weights.length];
            for (int j = 0; j < features; j++) {
                subtractMeans(rows, rows.feature(j), tile.weights, means);
                for (int c = 0; c < means.length; c++) {
                    tile.means[c][j] = means[c];
                }
            }
            Products.multiply(rows.features(), features, rows.weights(), rows.length(), weighted);
            ColumnProducts.addTriangle(weighted, rows.features(), features, rows.length(), tile.within);
            sum = merge(sum, tile);
        }

        private static void subtractMeans(Tile rows, double[] column, double[] classWeights, double[] means) {
            Arrays.fill(means, 0);
            for (int row = 0; row < rows.length(); row++) {
                means[(int) rows.target()[row]] += rows.weights()[row] * column[row];
            }
            for (int c = 0; c < means.length; c++) {
                means[c] = classWeights[c] == 0 ? 0 : means[c] / classWeights[c];
            }
            for (int row = 0; row < rows.length(); row++) {
                column[row] -= means[(int) rows.target()[row]];
            }
        }

        public ClassScatter finish() {
            return sum;
        }
    }
}
