package io.lazuli.ml.model;

import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.List;
import java.util.function.Consumer;

/// Rows with some of their features.
///
/// @param columns indexes of these
record SelectedRows(Rows source, int[] columns) implements Rows {
    static SelectedRows of(Rows source, List<Integer> columns) {
        return new SelectedRows(source, columns.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public int count() {
        return source.count();
    }

    @Override
    public int featureCount() {
        return columns.length;
    }

    @Override
    public void forEachTile(Consumer<Tile> action) {
        SelectedTile tile = new SelectedTile(columns);
        source.forEachTile(all -> action.accept(tile.of(all)));
    }

    @Override
    public List<String> texts(int feature) {
        return source.texts(columns[feature]);
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
