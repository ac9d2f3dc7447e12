package io.lazuli.ml.decomposition;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Comoments;

/// Means and products of all features: what any number of components is made of. One pass.
record FeatureProducts() implements Fit<Shape, Comoments, FeatureProducts.Result> {
    /// More have products that do not belong into memory, and eigenvectors that take hours.
    private static final int MOST_FEATURES = 5_000;

    record Result(Features features, Comoments sums) {}

    @Override
    public String name() {
        return "products of features";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        int count = shape.features().count();
        if (count > MOST_FEATURES) {
            throw MlErrors.tooManyFeatures(count, MOST_FEATURES);
        }
        return shape;
    }

    @Override
    public Comoments pass(Shape shape, Rows rows) {
        Comoments.Builder builder = new Comoments.Builder(shape.features().count());
        rows.forEachTile(tile -> builder.add(tile.features(), tile.weights(), tile.length()));
        return builder.finish();
    }

    @Override
    public Comoments merge(Comoments left, Comoments right) {
        return Comoments.merge(left, right);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, Comoments sum) {
        if (sum.weight() == 0) {
            throw MlErrors.noRows();
        }
        for (int j = 0; j < sum.variableCount(); j++) {
            MlErrors.checkFeature(shape.features(), j, sum.product(j, j));
        }
        return new Step.Done<>(new Result(shape.features(), sum));
    }
}
