package io.lazuli.ml.model;

import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;

/// A model that says a number for each row: a value, or the index of a class or cluster.
public interface Predictor extends Model {
    /// How tiles of `rows` are predicted. The result is used by one thread.
    ///
    /// @param rows where the tiles come from
    TilePredictor predictor(Rows rows);

    /// Says a number for each row of a tile.
    @FunctionalInterface
    interface TilePredictor {
        /// @param into a number a row; at least as long as the tile
        void predict(Tile rows, double[] into);
    }
}
