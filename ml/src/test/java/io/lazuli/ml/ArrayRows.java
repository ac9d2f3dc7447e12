package io.lazuli.ml;

import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Rows in arrays, for fits that are run by hand.
///
/// @param features by feature, then row
public record ArrayRows(double[][] features, double[] target, double[] weights, double[] groups) implements Rows {
    private static final int TILE = 500;

    public static ArrayRows of(double[][] features, double[] weights) {
        return new ArrayRows(features, new double[0], weights, new double[0]);
    }

    /// Rows from `start` to before `end`.
    public ArrayRows slice(int start, int end) {
        return new ArrayRows(
                Arrays.stream(features).map(column -> slice(column, start, end)).toArray(double[][]::new),
                slice(target, start, end), slice(weights, start, end), slice(groups, start, end));
    }

    private static double[] slice(double[] column, int start, int end) {
        return column.length == 0 ? column : Arrays.copyOfRange(column, start, end);
    }

    @Override
    public int count() {
        return weights.length;
    }

    @Override
    public int featureCount() {
        return features.length;
    }

    @Override
    public void forEachTile(Consumer<Tile> action) {
        for (int start = 0; start < count(); start += TILE) {
            action.accept(new Slice(slice(start, Math.min(start + TILE, count()))));
        }
    }

    private record Slice(ArrayRows rows) implements Tile {
        @Override
        public int length() {
            return rows.count();
        }

        @Override
        public double[][] features() {
            return rows.features;
        }

        @Override
        public double[] target() {
            return rows.target;
        }

        @Override
        public double[] weights() {
            return rows.weights;
        }

        @Override
        public double[] groups() {
            return rows.groups;
        }
    }

    @Override
    public List<String> texts(int feature) {
        return List.of();
    }

    @Override
    public List<String> targetTexts() {
        return List.of();
    }

    @Override
    public List<String> groupTexts() {
        return List.of();
    }
}
