package io.lazuli.ml.internal.data;

import io.lazuli.ml.fit.Tile;
import java.util.Arrays;

/// A tile that is filled again and again.
final class FilledTile implements Tile {
    /// Values of all features together that a tile has room for, about.
    private static final int VALUES = 1 << 16;
    private static final int MOST_ROWS = 2048;
    private static final int LEAST_ROWS = 64;

    private final double[][] features;
    private final double[] target;
    private final double[] weights;
    private final double[] groups;
    private int length;

    /// @param rowLimit no more rows will come
    FilledTile(int rowLimit, int featureCount, Roles roles) {
        int rows = Math.min(rowLimit, Math.clamp(VALUES / Math.max(1, featureCount), LEAST_ROWS, MOST_ROWS));
        this.features = new double[featureCount][rows];
        this.target = new double[roles.hasTarget() ? rows : 0];
        this.weights = new double[rows];
        this.groups = new double[roles.hasGroups() ? rows : 0];
        Arrays.fill(weights, 1);
    }

    int capacity() {
        return weights.length;
    }

    void resize(int rows) {
        length = rows;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double[][] features() {
        return features;
    }

    @Override
    public double[] target() {
        return target;
    }

    @Override
    public double[] weights() {
        return weights;
    }

    @Override
    public double[] groups() {
        return groups;
    }
}
