package io.lazuli.ml.model;

import io.lazuli.ml.fit.Tile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A tile with some features of another, again and again.
final class SelectedTile implements Tile {
    private final int[] columns;
    private final double[][] features;
    /// Null before the first one.
    private @Nullable Tile source;

    SelectedTile(int[] columns) {
        this.columns = columns;
        this.features = new double[columns.length][];
    }

    SelectedTile of(Tile source) {
        this.source = source;
        for (int j = 0; j < columns.length; j++) {
            features[j] = source.feature(columns[j]);
        }
        return this;
    }

    private Tile source() {
        return Objects.requireNonNull(source, "a tile is looked at after it came");
    }

    @Override
    public int length() {
        return source().length();
    }

    @Override
    public double[][] features() {
        return features;
    }

    @Override
    public double[] target() {
        return source().target();
    }

    @Override
    public double[] weights() {
        return source().weights();
    }

    @Override
    public double[] groups() {
        return source().groups();
    }
}
