package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import io.lazuli.ml.internal.numeric.Exponentials;
import io.lazuli.ml.model.Predictor;
import java.util.Arrays;

/// Predicts a mean, `exp(intercept + sum of coefficient * feature)`. NaN where a feature is missing.
///
/// @param coefficients one for each feature. Not to be written to.
public record PoissonModel(Features features, double[] coefficients, double intercept,
        Convergence convergence) implements Predictor {
    @Override
    public TilePredictor predictor(Rows rows) {
        Exponentials exponentials = new Exponentials();
        return (tile, into) -> predict(tile, into, exponentials);
    }

    private void predict(Tile rows, double[] into, Exponentials exponentials) {
        Arrays.fill(into, 0, rows.length(), intercept);
        ColumnProducts.combine(rows.features(), coefficients.length, coefficients, 0, rows.length(), into);
        exponentials.exp(into, rows.length());
    }

    @Override
    public String toString() {
        return "PoissonModel[coefficients=%s, intercept=%s]".formatted(Arrays.toString(coefficients), intercept);
    }
}
