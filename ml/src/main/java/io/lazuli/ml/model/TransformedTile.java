package io.lazuli.ml.model;

import io.lazuli.ml.fit.Tile;

/// A tile whose features were made of those of another, again and again.
final class TransformedTile implements Tile {
    private final double[][] features;
    private Tile source;

    TransformedTile(int featureCount) {
        this.features = new double[featureCount][0];
        this.source = this;
    }

    Tile fill(Tile source, Transform.TileTransform transform) {
        this.source = source;
        for (int j = 0; j < features.length; j++) {
            if (features[j].length < source.length()) {
                features[j] = new double[source.length()];
            }
        }
        transform.transform(source, features);
        return this;
    }

    @Override
    public int length() {
        return source.length();
    }

    @Override
    public double[][] features() {
        return features;
    }

    @Override
    public double[] target() {
        return source.target();
    }

    @Override
    public double[] weights() {
        return source.weights();
    }

    @Override
    public double[] groups() {
        return source.groups();
    }
}
