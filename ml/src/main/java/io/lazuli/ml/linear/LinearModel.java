package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Predictor;
import java.util.Arrays;

/// Predicts `intercept + sum of coefficient * feature`. NaN where a feature is missing.
///
/// @param coefficients one for each feature. Not to be written to.
public record LinearModel(Features features, double[] coefficients, double intercept) implements Predictor {
    @Override
    public TilePredictor predictor(Rows rows) {
        return this::predict;
    }

    private void predict(Tile rows, double[] into) {
        Arrays.fill(into, 0, rows.length(), intercept);
        for (int j = 0; j < coefficients.length; j++) {
            double coefficient = coefficients[j];
            double[] values = rows.feature(j);
            for (int row = 0; row < rows.length(); row++) {
                into[row] += coefficient * values[row];
            }
        }
    }

    @Override
    public String toString() {
        return "LinearModel[coefficients=%s, intercept=%s]".formatted(Arrays.toString(coefficients), intercept);
    }
}
