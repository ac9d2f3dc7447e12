package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Comoments;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Means and products of all features and the target, which comes last: all that a sum of squares with any penalty needs. One pass, which
/// penalties of any strength share.
record RegressionSums() implements Fit<Shape, Comoments, RegressionSums.Result> {
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
        return shape;
    }

    @Override
    public Comoments pass(Shape shape, Rows rows) {
        int count = shape.features().count();
        Comoments.Builder builder = new Comoments.Builder(count + 1);
        rows.forEachTile(tile -> {
            double[][] variables = Arrays.copyOf(tile.features(), count + 1);
            variables[count] = tile.target();
            builder.add(variables, tile.weights(), tile.length());
        });
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
        int target = shape.features().count();
        IntStream.range(0, target)
                .filter(j -> !Double.isFinite(sum.product(j, j)))
                .findFirst()
                .ifPresent(j -> {
                    throw MlErrors.notFinite("feature '%s'".formatted(shape.features().get(j).name()));
                });
        if (!Double.isFinite(sum.product(target, target))) {
            throw MlErrors.notFinite("the target");
        }
        return new Step.Done<>(new Result(shape.features(), sum));
    }
}
