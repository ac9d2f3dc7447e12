package io.lazuli.ml.neighbors;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.model.Predictor;

/// Predicts the mean of the targets of the nearest rows. NaN where a feature is missing.
record NeighborRegressor(NeighborIndex index, NeighborRules rules) implements Predictor {
    @Override
    public Features features() {
        return index.features();
    }

    @Override
    public TilePredictor predictor(Rows rows) {
        NeighborIndex.Finder finder = index.finder(rules);
        return (tile, into) -> finder.forEachRow(tile, (row, targets, weights, count) -> {
            double total = 0;
            double sum = 0;
            for (int i = 0; i < count; i++) {
                total += weights[i];
                sum += weights[i] * targets[i];
            }
            into[row] = sum / total;
        });
    }
}
