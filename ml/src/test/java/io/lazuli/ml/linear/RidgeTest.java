package io.lazuli.ml.linear;

import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;

class RidgeTest extends EstimatorContract<LinearModel> {
    @Override
    protected Estimator<LinearModel> estimator() {
        return new Ridge();
    }

    @Override
    protected TestRows rows() {
        return Regressions.rows();
    }
}
