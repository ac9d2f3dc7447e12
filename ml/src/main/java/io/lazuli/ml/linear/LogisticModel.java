package io.lazuli.ml.linear;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.numeric.LinearScores;
import io.lazuli.ml.model.Classifier;
import java.util.Arrays;
import java.util.List;

/// Says how likely classes are by a score, `intercept + sum of coefficient * feature`: of two classes that of the second one over the first,
/// else one of each class. NaN where a feature is missing.
///
/// @param coefficients by score, then feature. Not to be written to.
/// @param intercepts   by score; that of a class without rows is minus infinity, where there are more than two classes
public record LogisticModel(Features features, Classes classes, double[][] coefficients, double[] intercepts,
        Convergence convergence) implements Classifier {
    @Override
    public TileClassifier classifier(Rows rows) {
        LinearScores scores = new LinearScores(coefficients, intercepts);
        return scores::probabilities;
    }

    @Override
    public String toString() {
        List<String> all = Arrays.stream(coefficients).map(Arrays::toString).toList();
        return "LogisticModel[classes=%s, coefficients=%s, intercepts=%s]".formatted(
                classes, all, Arrays.toString(intercepts));
    }
}
