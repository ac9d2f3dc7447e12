package io.lazuli.ml.bayes;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.Softmax;
import io.lazuli.ml.model.Classifier;
import java.util.Arrays;

/// Says how likely classes are whose features are normally distributed. NaN where a feature is missing. Arrays are not to be written to.
///
/// @param priors    the share of each class
/// @param means     by class, then feature
/// @param variances by class, then feature
public record GaussianNBModel(Features features, Classes classes, double[] priors, double[][] means,
        double[][] variances) implements Classifier {
    @Override
    public TileClassifier classifier(Rows rows) {
        Softmax softmax = new Softmax();
        return (tile, into) -> {
            for (int c = 0; c < priors.length; c++) {
                score(tile, c, into[c]);
            }
            softmax.apply(into, tile.length());
        };
    }

    private void score(Tile rows, int c, double[] into) {
        double start = Math.log(priors[c]);
        for (double variance : variances[c]) {
            start -= Math.log(2 * Math.PI * variance) / 2;
        }
        Arrays.fill(into, 0, rows.length(), start);
        for (int j = 0; j < means[c].length; j++) {
            subtract(rows.feature(j), means[c][j], 1 / (2 * variances[c][j]), rows.length(), into);
        }
    }

    private static void subtract(double[] column, double mean, double factor, int length, double[] from) {
        for (int row = 0; row < length; row++) {
            double distance = column[row] - mean;
            from[row] -= distance * distance * factor;
        }
    }
}
