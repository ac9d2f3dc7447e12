package io.lazuli.ml.selection;

import java.util.List;

/// How rows are split for training and testing. Implemented by records, which are told by content.
public interface Splitter {
    /// One for each split, in order.
    List<Fold> folds();
}
