package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Transform;

/// Makes `(value - center) / scale` of each value. A missing one stays missing; all of a feature do that had no value when it was fitted.
///
/// @param center by feature; not to be written to
/// @param scale  by feature; not to be written to
public record ScalerModel(Features features, double[] center, double[] scale) implements Transform {
    /// A scale that is nothing but rounding is none.
    private static final double LEAST_SCALE = 10 * Math.ulp(1.0);

    @Override
    public Features output() {
        return Features.numbers(features.names());
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int j = 0; j < center.length; j++) {
            scale(from.feature(j), center[j], scale[j], from.length(), to[j]);
        }
    }

    private static void scale(double[] from, double center, double scale, int length, double[] to) {
        for (int row = 0; row < length; row++) {
            to[row] = (from[row] - center) / scale;
        }
    }

    /// A width to divide by; 1 if all values are the same.
    static double orOne(double width) {
        return width < LEAST_SCALE ? 1 : width;
    }
}
