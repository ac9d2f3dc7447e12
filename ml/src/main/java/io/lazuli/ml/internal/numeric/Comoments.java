package io.lazuli.ml.internal.numeric;

import java.util.Arrays;

/// Means of variables and the sums of products of their distances from them, over rows with weights. Two are merged exactly, as in Chan,
/// Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979); a tile is summed about its own
/// mean, so that large means cost no digits.
///
/// @param count    rows
/// @param weight   the sum of their weights
/// @param products by variable, then those up to it: the lower triangle
public record Comoments(long count, double weight, double[] means, double[][] products) {
    /// Of no rows.
    public static Comoments of(int variableCount) {
        double[][] products = new double[variableCount][];
        Arrays.setAll(products, i -> new double[i + 1]);
        return new Comoments(0, 0, new double[variableCount], products);
    }

    public int variableCount() {
        return means.length;
    }

    /// The sum of products of the distances of two variables from their means.
    public double product(int i, int j) {
        return i >= j ? products[i][j] : products[j][i];
    }

    /// The sum of both. Changes neither.
    public static Comoments merge(Comoments left, Comoments right) {
        if (left.weight == 0 || right.weight == 0) {
            Comoments one = left.weight == 0 ? right : left;
            return new Comoments(left.count + right.count, one.weight, one.means, one.products);
        }
        int variables = left.means.length;
        double weight = left.weight + right.weight;
        double share = right.weight / weight;
        double[] distance = new double[variables];
        double[] means = new double[variables];
        double[][] products = new double[variables][];
        for (int i = 0; i < variables; i++) {
            distance[i] = right.means[i] - left.means[i];
            means[i] = left.means[i] + distance[i] * share;
            products[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                products[i][j] = left.products[i][j] + right.products[i][j]
                        + distance[i] * distance[j] * left.weight * share;
            }
        }
        return new Comoments(left.count + right.count, weight, means, products);
    }

    /// Sums up tiles.
    public static final class Builder {
        private final int variableCount;
        private final double[][] weighted;
        private Comoments sum;

        public Builder(int variableCount) {
            this.variableCount = variableCount;
            this.weighted = new double[variableCount][0];
            this.sum = Comoments.of(variableCount);
        }

        /// Adds some rows.
        ///
        /// @param variables overwritten
        public void add(double[][] variables, double[] weights, int length) {
            double weight = Products.sum(weights, length);
            if (length == 0 || weight == 0) {
                sum = merge(sum, new Comoments(length, 0, sum.means, sum.products));
                return;
            }
            Comoments tile = Comoments.of(variableCount);
            ColumnProducts.add(variables, variableCount, weights, length, tile.means, 0);
            for (int i = 0; i < variableCount; i++) {
                tile.means[i] /= weight;
                Products.subtract(variables[i], tile.means[i], length);
            }
            double[][] left = Products.isOnes(weights, length) ? variables : weighted(variables, weights, length);
            ColumnProducts.addTriangle(left, variables, variableCount, length, tile.products);
            sum = merge(sum, new Comoments(length, weight, tile.means, tile.products));
        }

        private double[][] weighted(double[][] variables, double[] weights, int length) {
            Products.multiply(variables, variableCount, weights, length, weighted);
            return weighted;
        }

        public Comoments finish() {
            return sum;
        }
    }
}
