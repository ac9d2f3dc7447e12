package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import io.lazuli.ml.model.Predictor;
import java.util.Arrays;

/// Predicts `intercept + sum of coefficient * feature`. NaN where a feature is missing.
///
/// @param coefficients one for each feature. Not to be written to.
public record LinearModel(Features features, double[] coefficients, double intercept,
        Convergence convergence) implements Predictor {
    @Override
    public TilePredictor predictor(Rows rows) {
        return this::predict;
    }

    private void predict(Tile rows, double[] into) {
        Arrays.fill(into, 0, rows.length(), intercept);
        ColumnProducts.combine(rows.features(), coefficients.length, coefficients, 0, rows.length(), into);
    }

    @Override
    public String toString() {
        return "LinearModel[coefficients=%s, intercept=%s]".formatted(Arrays.toString(coefficients), intercept);
    }
}
