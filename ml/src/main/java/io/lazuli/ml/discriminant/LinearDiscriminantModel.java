package io.lazuli.ml.discriminant;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.ColumnProducts;
import io.lazuli.ml.internal.numeric.LinearScores;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;

/// Says how likely classes are by linear scores, as a [io.lazuli.ml.linear.LogisticModel]; as a transform, where rows lie in the directions in
/// which classes differ most, which it calls `discriminant0` and so on. NaN where a feature is missing. Arrays are not to be written to.
///
/// @param coefficients by score, then feature: one score of two classes, that of the second over the first; else one of each class
/// @param intercepts   by score; that of a class without rows is minus infinity
/// @param center       the mean of each feature
/// @param directions   by component, then feature; rows of a class have variance 1 in each
/// @param ratios       by component: its share of how classes differ
public record LinearDiscriminantModel(Features features, Classes classes, double[][] coefficients, double[] intercepts,
        double[] center, double[][] directions, double[] ratios, Features output) implements Classifier, Transform {
    @Override
    public TileClassifier classifier(Rows rows) {
        LinearScores scores = new LinearScores(coefficients, intercepts);
        return scores::probabilities;
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int k = 0; k < directions.length; k++) {
            double start = 0;
            for (int j = 0; j < center.length; j++) {
                start -= directions[k][j] * center[j];
            }
            Arrays.fill(to[k], 0, from.length(), start);
            ColumnProducts.combine(from.features(), center.length, directions[k], 0, from.length(), to[k]);
        }
    }
}
