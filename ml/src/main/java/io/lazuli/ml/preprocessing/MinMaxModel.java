package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.model.Transform;

/// Makes `value * scale + shift` of each value, but no less than `least` and no more than `greatest`. A missing value stays missing.
///
/// @param scale by feature; not to be written to
/// @param shift by feature; not to be written to
public record MinMaxModel(Features features, double[] scale, double[] shift, double least,
        double greatest) implements Transform {
    @Override
    public Features output() {
        return Features.numbers(features.names());
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int j = 0; j < scale.length; j++) {
            scale(from.feature(j), scale[j], shift[j], from.length(), to[j]);
            if (least > Double.NEGATIVE_INFINITY) {
                clip(from.length(), to[j]);
            }
        }
    }

    private static void scale(double[] from, double scale, double shift, int length, double[] to) {
        for (int row = 0; row < length; row++) {
            to[row] = from[row] * scale + shift;
        }
    }

    private void clip(int length, double[] values) {
        for (int row = 0; row < length; row++) {
            values[row] = Math.max(least, Math.min(greatest, values[row]));
        }
    }
}
