package io.lazuli.ml.internal.summary;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.internal.MlErrors;

/// Which features there are, and nothing of their values. One pass, which looks at no row.
public record FeatureNames() implements Fit<Shape, Long, Features> {
    @Override
    public String name() {
        return "features";
    }

    @Override
    public boolean isOnePass() {
        return true;
    }

    @Override
    public boolean takesTexts() {
        return true;
    }

    @Override
    public Shape start(Shape shape) {
        return shape;
    }

    @Override
    public Long pass(Shape shape, Rows rows) {
        return (long) rows.count();
    }

    @Override
    public Long merge(Long left, Long right) {
        return left + right;
    }

    @Override
    public Step<Shape, Features> next(Shape shape, Long count) {
        if (count == 0) {
            throw MlErrors.noRows();
        }
        return new Step.Done<>(shape.features());
    }
}
