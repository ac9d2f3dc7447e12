package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Products;
import java.util.Arrays;

/// The least and the greatest value of each feature. One pass.
public record FeatureRanges() implements Fit<Shape, FeatureRanges.Sums, FeatureRanges.Result> {
    /// By feature; NaN where it has no value.
    public record Result(Features features, double[] least, double[] greatest) {}

    /// @param all      the weight of all rows
    /// @param least    infinite where there is no value
    /// @param greatest infinite where there is no value
    record Sums(double all, double[] least, double[] greatest) {}

    @Override
    public String name() {
        return "least and greatest values";
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
        int count = shape.features().count();
        double[] least = new double[count];
        double[] greatest = new double[count];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
        double[] all = {0};
        rows.forEachTile(tile -> {
            all[0] += Products.sum(tile.weights(), tile.length());
            for (int j = 0; j < count; j++) {
                double[] values = tile.feature(j);
                least[j] = least(values, tile.weights(), tile.length(), least[j]);
                greatest[j] = greatest(values, tile.weights(), tile.length(), greatest[j]);
            }
        });
        return new Sums(all[0], least, greatest);
    }

    private static double least(double[] values, double[] weights, int length, double before) {
        double least = before;
        for (int row = 0; row < length; row++) {
            least = values[row] < least && weights[row] > 0 ? values[row] : least;
        }
        return least;
    }

    private static double greatest(double[] values, double[] weights, int length, double before) {
        double greatest = before;
        for (int row = 0; row < length; row++) {
            greatest = values[row] > greatest && weights[row] > 0 ? values[row] : greatest;
        }
        return greatest;
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        double[] least = left.least.clone();
        double[] greatest = left.greatest.clone();
        for (int j = 0; j < least.length; j++) {
            least[j] = Math.min(least[j], right.least[j]);
            greatest[j] = Math.max(greatest[j], right.greatest[j]);
        }
        return new Sums(left.all + right.all, least, greatest);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Sums sum) {
        if (sum.all == 0) {
            throw MlErrors.noRows();
        }
        double[] least = sum.least.clone();
        double[] greatest = sum.greatest.clone();
        for (int j = 0; j < least.length; j++) {
            if (least[j] > greatest[j]) {
                least[j] = Double.NaN;
                greatest[j] = Double.NaN;
            } else if (Double.isInfinite(least[j]) || Double.isInfinite(greatest[j])) {
                throw MlErrors.notFinite("feature '%s'".formatted(shape.features().get(j).name()));
            }
        }
        return new Step.Done<>(new Result(shape.features(), least, greatest));
    }
}
