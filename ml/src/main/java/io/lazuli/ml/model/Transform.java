package io.lazuli.ml.model;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import java.util.List;

/// A model that makes other features of those of a row.
public interface Transform extends Model {
    /// The features that it makes.
    Features output();

    /// How tiles of `rows` are transformed. The result is used by one thread.
    ///
    /// @param rows where the tiles come from: their texts may be looked up once
    TileTransform over(Rows rows);

    /// Makes the features of a tile.
    @FunctionalInterface
    interface TileTransform {
        /// @param from not to be written to, as others may look at the same columns
        /// @param to   an array for each feature of [#output], as long as the tile at least; all values are to be written
        void transform(Tile from, double[][] to);

        /// The texts that the values of a feature of [#output] stand for, as in [Rows#texts]; empty if it is no text.
        default List<String> texts(int feature) {
            return List.of();
        }
    }
}
