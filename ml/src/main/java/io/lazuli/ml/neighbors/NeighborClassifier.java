package io.lazuli.ml.neighbors;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Classifier;
import java.util.Arrays;

/// Says how likely classes are by those of the nearest rows. NaN where a feature is missing.
record NeighborClassifier(NeighborIndex index, NeighborRules rules) implements Classifier {
    @Override
    public Features features() {
        return index.features();
    }

    @Override
    public Classes classes() {
        return index.classes();
    }

    @Override
    public TileClassifier classifier(Rows rows) {
        NeighborIndex.Finder finder = index.finder(rules);
        return (tile, into) -> write(finder, tile, into);
    }

    private static void write(NeighborIndex.Finder finder, Tile tile, double[][] into) {
        for (double[] column : into) {
            Arrays.fill(column, 0, tile.length(), 0);
        }
        finder.forEachRow(tile, (row, targets, weights, count) -> {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += weights[i];
                into[(int) targets[i]][row] += weights[i];
            }
            for (double[] column : into) {
                column[row] /= total;
            }
        });
    }
}
