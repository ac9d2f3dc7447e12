package io.lazuli.ml.decomposition;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.numeric.Projection;
import io.lazuli.ml.model.Transform;

/// How far rows lie from their mean along principal components. NaN where a feature is missing. Arrays are not to be written to.
///
/// @param means                  of the features
/// @param components             by component, then feature; each of length 1, and at right angles to the others
/// @param explainedVariance      of a sample, by component
/// @param explainedVarianceRatio of all variance
/// @param singularValues         of the centred rows
/// @param whiten                 whether components are divided by the root of their variance; one without variance is 0
public record PcaModel(Features features, Features output, double[] means, double[][] components,
        double[] explainedVariance, double[] explainedVarianceRatio, double[] singularValues,
        boolean whiten) implements Transform {
    /// Of the greatest variance, what is rounding.
    private static final double NO_VARIANCE = 1e-14;

    @Override
    public TileTransform over(Rows rows) {
        double[][] directions = new double[components.length][];
        for (int k = 0; k < components.length; k++) {
            directions[k] = components[k].clone();
            for (int j = 0; j < means.length && whiten; j++) {
                directions[k][j] *= scale(k);
            }
        }
        return (from, to) -> {
            for (int k = 0; k < directions.length; k++) {
                Projection.project(from.features(), means, directions[k], from.length(), to[k]);
            }
        };
    }

    private double scale(int k) {
        return explainedVariance[k] > NO_VARIANCE * explainedVariance[0] ? 1 / Math.sqrt(explainedVariance[k]) : 0;
    }
}
