package io.lazuli.ml.bayes;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.ClassMoments;

/// Means and spreads of features by class. One pass.
record ClassMomentsFit() implements Fit<Shape, ClassMoments, ClassMomentsFit.Result> {
    record Result(Features features, Classes classes, ClassMoments moments) {
        /// The largest variance of a feature over all classes.
        double largestVariance() {
            double weight = 0;
            for (double each : moments.weights()) {
                weight += each;
            }
            double largest = 0;
            for (int j = 0; j < features.count(); j++) {
                largest = Math.max(largest, moments.square(j) / weight);
            }
            return largest;
        }
    }

    @Override
    public String name() {
        return "moments of classes";
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
    public ClassMoments pass(Shape shape, Rows rows) {
        ClassMoments.Builder builder =
                new ClassMoments.Builder(shape.classes().count(), shape.features().count());
        rows.forEachTile(builder::add);
        return builder.finish();
    }

    @Override
    public ClassMoments merge(ClassMoments left, ClassMoments right) {
        return ClassMoments.merge(left, right);
    }

    @Override
    public Step<Shape, Result> next(Shape shape, ClassMoments sum) {
        if (sum.isEmpty()) {
            throw MlErrors.noRows();
        }
        if (shape.classes().count() == 1) {
            throw MlErrors.oneClass("GaussianNB", shape.classes().name(0));
        }
        for (int j = 0; j < shape.features().count(); j++) {
            MlErrors.checkFeature(shape.features(), j, sum.square(j));
        }
        return new Step.Done<>(new Result(shape.features(), shape.classes(), sum));
    }
}
