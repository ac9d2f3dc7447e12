package io.lazuli.ml.bayes;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.numeric.LinearScores;
import io.lazuli.ml.model.Classifier;

/// Says how likely classes are whose features are counts. NaN where a feature is missing. Arrays are not to be written to.
///
/// @param logPriors of each class
/// @param logShares by class, then feature: the logarithm of its share of all counts
public record MultinomialNBModel(Features features, Classes classes, double[] logPriors,
        double[][] logShares) implements Classifier {
    @Override
    public TileClassifier classifier(Rows rows) {
        LinearScores scores = new LinearScores(logShares, logPriors);
        return scores::probabilities;
    }
}
