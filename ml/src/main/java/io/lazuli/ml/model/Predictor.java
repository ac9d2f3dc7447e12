package io.lazuli.ml.model;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;

/// A model that says a number for each row: a value, or the index of a class or cluster.
public interface Predictor extends Model {
    /// How tiles of `rows` are predicted. The result is used by one thread.
    ///
    /// @param rows where the tiles come from
    TilePredictor predictor(Rows rows);

    /// The frame with one more column, `prediction`: what the model says for each row. A class is as the target was, a text or a number.
    ///
    /// **Lazy.** Nothing runs. **Nulls, NaN, order.** A null is a missing value. Rows stay in their order. **Cost.** One pass, in parallel.
    ///
    /// **Errors.** USER if a feature is missing or of another type, or there is a column of that name already.
    default DataFrame predict(DataFrame frame) {
        return Predictions.of(this, frame, "prediction");
    }

    /// Says a number for each row of a tile.
    @FunctionalInterface
    interface TilePredictor {
        /// @param into a number a row; at least as long as the tile
        void predict(Tile rows, double[] into);
    }
}
