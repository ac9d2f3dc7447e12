package io.lazuli.ml.decomposition;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.numeric.Projection;
import io.lazuli.ml.model.Transform;

/// How far rows lie from 0 along directions. NaN where a feature is missing. Arrays are not to be written to.
///
/// @param components             by component, then feature; each of length 1, and at right angles to the others
/// @param explainedVariance      of all rows, by component
/// @param explainedVarianceRatio of all variance
/// @param singularValues         of the rows
public record TruncatedSvdModel(Features features, Features output, double[][] components,
        double[] explainedVariance, double[] explainedVarianceRatio, double[] singularValues) implements Transform {
    @Override
    public TileTransform over(Rows rows) {
        double[] zero = new double[features.count()];
        return (from, to) -> {
            for (int k = 0; k < components.length; k++) {
                Projection.project(from.features(), zero, components[k], from.length(), to[k]);
            }
        };
    }
}
