package io.lazuli.ml.cluster;

import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;

/// Finds centers in passes, each of which says itself what it does.
record KMeansFit(KMeans parameters) implements Fit<KMeansPhase, KMeansSum, KMeansModel> {
    @Override
    public String name() {
        return parameters.name();
    }

    @Override
    public KMeansPhase start(Shape shape) {
        return new KMeansPhase.Measure(parameters, shape);
    }

    @Override
    public KMeansSum pass(KMeansPhase state, Rows rows) {
        return state.pass(rows);
    }

    @Override
    public KMeansSum merge(KMeansSum left, KMeansSum right) {
        return left.merge(right);
    }

    @Override
    public Step<KMeansPhase, KMeansModel> next(KMeansPhase state, KMeansSum sum) {
        return state.next(sum);
    }
}
