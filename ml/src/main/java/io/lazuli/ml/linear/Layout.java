package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import java.util.Arrays;

/// Where the parameters of linear scores are: those of a score one after the other, the intercept last if there is one.
record Layout(int featureCount, boolean hasIntercept) {
    /// Parameters of a score.
    int parameterCount() {
        return featureCount + (hasIntercept ? 1 : 0);
    }

    /// Where the parameters of a score start.
    int start(int score) {
        return score * parameterCount();
    }

    double intercept(double[] at, int score) {
        return hasIntercept ? at[start(score) + featureCount] : 0;
    }

    /// A score of each row.
    void score(Tile rows, double[] at, int score, double[] into) {
        Arrays.fill(into, 0, rows.length(), intercept(at, score));
        ColumnProducts.combine(rows.features(), featureCount, at, start(score), rows.length(), into);
    }
}
