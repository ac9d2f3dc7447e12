package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.numeric.NormalQuantile;
import io.lazuli.ml.model.Transform;
import io.lazuli.ml.preprocessing.QuantileTransformer.Distribution;
import java.util.Arrays;
import java.util.List;

/// Makes of each value the share of values below it, or the number that has this share below it in a normal distribution. Between
/// quantiles it is interpolated, and a value that several quantiles have goes to the middle of their shares.
///
/// @param shares    ascending; not to be written to
/// @param quantiles by feature, the value for each share; not to be written to
public record QuantileModel(Features features, double[] shares, List<double[]> quantiles,
        Distribution distribution) implements Transform {
    /// How near to the ends a value of the normal distribution is the end.
    private static final double EDGE = 1e-7;
    private static final double LEAST = NormalQuantile.of(EDGE - Math.ulp(1.0));
    private static final double GREATEST = NormalQuantile.of(1 - (EDGE - Math.ulp(1.0)));

    public QuantileModel {
        quantiles = List.copyOf(quantiles);
    }

    @Override
    public Features output() {
        return Features.numbers(features.names());
    }

    @Override
    public TileTransform over(Rows rows) {
        return this::transform;
    }

    private void transform(Tile from, double[][] to) {
        for (int j = 0; j < quantiles.size(); j++) {
            double[] known = quantiles.get(j);
            double[] values = from.feature(j);
            for (int row = 0; row < from.length(); row++) {
                to[j][row] = distribution == Distribution.UNIFORM
                        ? uniform(values[row], known)
                        : normal(values[row], known);
            }
        }
    }

    private double uniform(double value, double[] known) {
        double least = known[0];
        if (value != value || least != least) {
            return Double.NaN;
        }
        if (value <= least) {
            return 0;
        }
        return value >= known[known.length - 1] ? 1 : share(value, known);
    }

    private double normal(double value, double[] known) {
        double least = known[0];
        if (value != value || least != least) {
            return Double.NaN;
        }
        if (value - EDGE < least) {
            return LEAST;
        }
        return value + EDGE > known[known.length - 1]
                ? GREATEST
                : Math.clamp(NormalQuantile.of(share(value, known)), LEAST, GREATEST);
    }

    /// Of a value between the first and the last.
    private double share(double value, double[] known) {
        int found = Arrays.binarySearch(known, value);
        if (found < 0) {
            int right = -found - 1;
            double slope = (shares[right] - shares[right - 1]) / (known[right] - known[right - 1]);
            double fromLeft = slope * (value - known[right - 1]) + shares[right - 1];
            double fromRight = shares[right] - slope * (known[right] - value);
            return 0.5 * (fromLeft + fromRight);
        }
        int first = found;
        int last = found;
        while (first > 0 && known[first - 1] == value) {
            first--;
        }
        while (last + 1 < known.length && known[last + 1] == value) {
            last++;
        }
        return 0.5 * (shares[first] + shares[last]);
    }
}
