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
        TestRows rows = TestRows.random(80, 4, 1);
        double[] target = new double[rows.rowCount()];
        for (int row = 0; row < target.length; row++) {
            target[row] =
                    3 * rows.get("f0")[row] - rows.get("f2")[row] + 0.3 * rows.get("f3")[row] * rows.get("f1")[row];
        }
        return rows.with("y", target);
    }
}
