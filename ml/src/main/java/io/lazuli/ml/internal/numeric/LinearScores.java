package io.lazuli.ml.internal.numeric;

import io.lazuli.ml.fit.Tile;
import java.util.Arrays;

/// Scores that are sums of features, and the probabilities that they stand for.
///
/// Used by one thread at a time.
public final class LinearScores {
    private final double[][] coefficients;
    private final double[] intercepts;
    private final Softmax softmax = new Softmax();

    /// @param coefficients by score, then feature: one score of two classes, else one of each
    public LinearScores(double[][] coefficients, double[] intercepts) {
        this.coefficients = coefficients;
        this.intercepts = intercepts;
    }

    /// @param into by class, then row
    public void probabilities(Tile rows, double[][] into) {
        int length = rows.length();
        if (coefficients.length > 1) {
            for (int c = 0; c < into.length; c++) {
                score(rows, c, into[c]);
            }
            softmax.apply(into, length);
            return;
        }
        score(rows, 0, into[1]);
        softmax.applyToOdds(into[0], into[1], length);
    }

    private void score(Tile rows, int score, double[] into) {
        Arrays.fill(into, 0, rows.length(), intercepts[score]);
        ColumnProducts.combine(rows.features(), rows.featureCount(), coefficients[score], 0, rows.length(), into);
    }
}
