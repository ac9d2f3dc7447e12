package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;

/// The rows of a split: those of one fold to test on, and those of others to train on.
///
/// @param rule which fold each row is in; the same one may serve many splits
public record Fold(FoldRule<?, ?> rule, TrainOn trainOn, int index) {
    /// Which rows to train on.
    public enum TrainOn {
        /// Those of all other folds.
        OTHERS,
        /// Those of folds before.
        BEFORE
    }

    /// To test on one fold, and to train on all others.
    public static Fold allBut(FoldRule<?, ?> rule, int index) {
        return new Fold(rule, TrainOn.OTHERS, index);
    }
}
