package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import io.lazuli.ml.internal.numeric.Products;
import java.util.Arrays;

/// A loss of rows with its derivatives by the parameters of scores.
///
/// @param gradient  by parameter, as in a [Layout]
/// @param curvature second derivatives by pair of scores (0,0), (1,0), (1,1), (2,0), ..., as lower triangles; those that are looked at
record LossSum(double value, double[] gradient, double[][][] curvature) {
    /// The sum of both. Changes neither.
    static LossSum merge(LossSum left, LossSum right) {
        double[] gradient = left.gradient.clone();
        add(right.gradient, gradient);
        double[][][] curvature = new double[left.curvature.length][][];
        for (int pair = 0; pair < curvature.length; pair++) {
            curvature[pair] = Arrays.stream(left.curvature[pair]).map(double[]::clone).toArray(double[][]::new);
            for (int i = 0; i < curvature[pair].length; i++) {
                add(right.curvature[pair][i], curvature[pair][i]);
            }
        }
        return new LossSum(left.value + right.value, gradient, curvature);
    }

    private static void add(double[] values, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += values[i];
        }
    }

    /// Sums up tiles, of which somebody knows what rows lose.
    static final class Builder {
        private final Layout layout;
        private final double[] gradient;
        private final double[][][] curvature;
        private final double[][] weighted;
        private double value;

        /// @param pairCount of scores whose second derivatives are looked at
        Builder(Layout layout, int scoreCount, int pairCount) {
            this.layout = layout;
            this.gradient = new double[scoreCount * layout.parameterCount()];
            this.curvature = new double[pairCount][layout.parameterCount()][];
            for (double[][] triangle : curvature) {
                Arrays.setAll(triangle, i -> new double[i + 1]);
            }
            this.weighted = new double[layout.featureCount()][0];
        }

        void addValue(double loss) {
            value += loss;
        }

        /// @param slopes of each row's loss by its score
        void addSlopes(Tile rows, int score, double[] slopes) {
            int start = layout.start(score);
            ColumnProducts.add(rows.features(), layout.featureCount(), slopes, rows.length(), gradient, start);
            if (layout.hasIntercept()) {
                gradient[start + layout.featureCount()] += Products.sum(slopes, rows.length());
            }
        }

        /// @param bends the second derivative of each row's loss by both scores of a pair
        void addCurvature(Tile rows, int pair, double[] bends) {
            int features = layout.featureCount();
            int length = rows.length();
            double[][] into = curvature[pair];
            Products.multiply(rows.features(), features, bends, length, weighted);
            ColumnProducts.addTriangle(weighted, rows.features(), features, length, into);
            if (layout.hasIntercept()) {
                ColumnProducts.add(rows.features(), features, bends, length, into[features], 0);
                into[features][features] += Products.sum(bends, length);
            }
        }

        LossSum finish() {
            return new LossSum(value, gradient, curvature);
        }
    }
}
