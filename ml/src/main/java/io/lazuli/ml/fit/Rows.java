package io.lazuli.ml.fit;

import java.util.List;
import java.util.function.Consumer;

/// The rows of one partition that take part in something. Borrowed for the call.
public interface Rows {
    int count();

    int featureCount();

    /// The rows a tile at a time, in order. The tile is the same one each time.
    void forEachTile(Consumer<Tile> action);

    /// The texts that the values of a feature stand for, which are indexes of this list; of one partition, and in no order. There may be
    /// some that no row has. Empty if the feature is a number or a category.
    List<String> texts(int feature);

    /// As [#texts] for the target.
    List<String> targetTexts();

    /// As [#texts] for the groups.
    List<String> groupTexts();
}
