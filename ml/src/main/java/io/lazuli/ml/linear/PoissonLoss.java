package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.Exponentials;
import io.lazuli.ml.internal.numeric.Products;
import io.lazuli.ml.internal.numeric.Standardization;

/// Sums up half the Poisson deviance of tiles, but for what does not depend on parameters, with its derivatives.
///
/// Used by one thread at a time.
final class PoissonLoss {
    private final Standardization columns;
    private final Layout layout;
    private final boolean curved;
    private final double[] at;
    private final LossSum.Builder sum;
    private final Exponentials exponentials = new Exponentials();
    private final Products products = new Products();
    private double[] scores = {};
    private double[] means = {};

    /// @param curved whether second derivatives are looked at
    PoissonLoss(Standardization columns, Layout layout, boolean curved, double[] at) {
        this.columns = columns;
        this.layout = layout;
        this.curved = curved;
        this.at = at;
        this.sum = new LossSum.Builder(layout, 1, curved ? 1 : 0);
    }

    LossSum sum() {
        return sum.finish();
    }

    /// Standardises its features.
    void add(Tile tile) {
        int length = tile.length();
        columns.apply(tile.features(), length);
        if (scores.length < length) {
            scores = new double[length];
            means = new double[length];
        }
        layout.score(tile, at, 0, scores);
        System.arraycopy(scores, 0, means, 0, length);
        exponentials.exp(means, length);
        lose(tile.target(), length);
        sum.addValue(products.dot(scores, tile.weights(), length));
        slope(tile.target(), tile.weights(), length);
        sum.addSlopes(tile, 0, scores);
        if (curved) {
            sum.addCurvature(tile, 0, means);
        }
    }

    /// Makes losses of scores.
    private void lose(double[] target, int length) {
        for (int row = 0; row < length; row++) {
            scores[row] = means[row] - target[row] * scores[row];
        }
    }

    /// Makes slopes of losses, and second derivatives of means.
    private void slope(double[] target, double[] weights, int length) {
        for (int row = 0; row < length; row++) {
            scores[row] = weights[row] * (means[row] - target[row]);
            means[row] *= weights[row];
        }
    }
}
