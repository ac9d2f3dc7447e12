package io.lazuli.ml.discriminant;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.ClassScatter;
import java.util.stream.IntStream;

/// Means of classes, and products of features within classes. One pass.
record ClassScatterFit() implements Fit<Shape, ClassScatter, ClassScatterFit.Result> {
    private static final String FOR = "LinearDiscriminantAnalysis";

    /// @param present classes that have rows, ascending; at least two
    record Result(Features features, Classes classes, int[] present, ClassScatter scatter) {}

    @Override
    public String name() {
        return "scatter of classes";
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
    public ClassScatter pass(Shape shape, Rows rows) {
        ClassScatter.Builder builder = new ClassScatter.Builder(shape.classes().count(), shape.features().count());
        rows.forEachTile(builder::add);
        return builder.finish();
    }

    @Override
    public ClassScatter merge(ClassScatter left, ClassScatter right) {
        return ClassScatter.merge(left, right);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, ClassScatter sum) {
        int[] present = IntStream.range(0, sum.weights().length).filter(c -> sum.weights()[c] > 0).toArray();
        if (present.length == 0) {
            throw MlErrors.noRows();
        }
        if (present.length == 1) {
            throw MlErrors.oneClass(FOR, shape.classes().name(present[0]));
        }
        for (int j = 0; j < shape.features().count(); j++) {
            MlErrors.checkFeature(shape.features(), j, sum.within()[j][j]);
        }
        double weight = 0;
        for (int c : present) {
            weight += sum.weights()[c];
        }
        if (weight <= present.length) {
            throw MlErrors.fewRows(FOR, weight, present.length);
        }
        return new Step.Done<>(new Result(shape.features(), shape.classes(), present, sum));
    }
}
