package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Products;

/// The mean and variance of each feature. One pass.
public record FeatureMoments() implements Fit<Shape, FeatureMoments.Sums, FeatureMoments.Result> {
    /// By feature; NaN where it has no value.
    ///
    /// @param weights of rows that have a value
    public record Result(Features features, double[] weights, double[] means, double[] variances) {}

    /// Merged as in Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
    ///
    /// @param all     the weight of all rows
    /// @param spreads sums of squared distances from the mean
    record Sums(double all, double[] weights, double[] means, double[] spreads) {
        static Sums of(int count) {
            return new Sums(0, new double[count], new double[count], new double[count]);
        }
    }

    @Override
    public String name() {
        return "means and variances";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        return shape;
    }

    @Override
    public Sums pass(Shape shape, Rows rows) {
        Sums[] total = {Sums.of(shape.features().count())};
        TileMoments tiles = new TileMoments();
        rows.forEachTile(tile -> total[0] = merge(total[0], tiles.of(tile)));
        return total[0];
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        int count = left.means.length;
        Sums sum = Sums.of(count);
        for (int j = 0; j < count; j++) {
            double weight = left.weights[j] + right.weights[j];
            double share = weight == 0 ? 0 : right.weights[j] / weight;
            double distance = right.means[j] - left.means[j];
            sum.weights[j] = weight;
            sum.means[j] = share == 1 ? right.means[j] : left.means[j] + distance * share;
            sum.spreads[j] = left.spreads[j] + right.spreads[j] + distance * distance * left.weights[j] * share;
        }
        return new Sums(left.all + right.all, sum.weights, sum.means, sum.spreads);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Sums sum) {
        if (sum.all == 0) {
            throw MlErrors.noRows();
        }
        Features features = shape.features();
        double[] means = new double[features.count()];
        double[] variances = new double[features.count()];
        for (int j = 0; j < means.length; j++) {
            if (!Double.isFinite(sum.spreads[j])) {
                throw MlErrors.notFinite("feature '%s'".formatted(features.get(j).name()));
            }
            means[j] = sum.weights[j] == 0 ? Double.NaN : sum.means[j];
            variances[j] = sum.spreads[j] / sum.weights[j];
        }
        return new Step.Done<>(new Result(features, sum.weights, means, variances));
    }

    /// Sums up tiles: a value that is missing shows in the sum, and only then are values looked at one by one.
    private static final class TileMoments {
        private final Products kernel = new Products();
        private double[] values = {};
        private double[] weights = {};

        Sums of(Tile tile) {
            double all = Products.sum(tile.weights(), tile.length());
            Sums sums = Sums.of(tile.featureCount());
            if (values.length < tile.length()) {
                values = new double[tile.length()];
                weights = new double[tile.length()];
            }
            for (int j = 0; j < tile.featureCount(); j++) {
                double total = kernel.dot(tile.feature(j), tile.weights(), tile.length());
                if (total == total) {
                    add(j, tile.feature(j), tile.weights(), tile.length(), total, all, sums);
                } else {
                    int length = compact(tile.feature(j), tile.weights(), tile.length());
                    add(
                            j, values, weights, length, kernel.dot(values, weights, length),
                            Products.sum(weights, length), sums);
                }
            }
            return new Sums(all, sums.weights, sums.means, sums.spreads);
        }

        private void add(
                int j, double[] from, double[] each, int length, double total, double weight, Sums into) {
            if (weight == 0) {
                return;
            }
            double mean = total / weight;
            for (int row = 0; row < length; row++) {
                double distance = from[row] - mean;
                values[row] = distance * distance;
            }
            into.weights[j] = weight;
            into.means[j] = mean;
            into.spreads[j] = kernel.dot(values, each, length);
        }

        private int compact(double[] from, double[] each, int length) {
            int count = 0;
            for (int row = 0; row < length; row++) {
                values[count] = from[row];
                weights[count] = each[row];
                count += from[row] == from[row] && each[row] > 0 ? 1 : 0;
            }
            return count;
        }
    }
}
