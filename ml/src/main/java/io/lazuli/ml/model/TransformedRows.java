package io.lazuli.ml.model;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.List;
import java.util.function.Consumer;

/// Rows as a step sees them that comes after another one.
record TransformedRows(Rows source, Features features, Transform.TileTransform before) implements Rows {
    @Override
    public int count() {
        return source.count();
    }

    @Override
    public int featureCount() {
        return features.count();
    }

    @Override
    public void forEachTile(Consumer<Tile> action) {
        throw new UnsupportedOperationException("tiles are handed to a transform, it does not ask for them");
    }

    @Override
    public List<String> texts(int feature) {
        return before.texts(feature);
    }

    @Override
    public List<String> targetTexts() {
        return source.targetTexts();
    }

    @Override
    public List<String> groupTexts() {
        return source.groupTexts();
    }
}
