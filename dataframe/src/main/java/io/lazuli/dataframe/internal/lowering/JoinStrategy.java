package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.operator.join.JoinKind.Alone;
import io.lazuli.dataframe.internal.operator.join.JoinKind;

/// How a join is run, from what is known of its sides: a pure function, to be asked again when sizes have been measured.
///
/// | form | what happens | when |
/// |---|---|---|
/// | TABLE | one side becomes one table that all tasks of the other share | it is small, and none of its rows stand alone: no task could tell which |
/// | SLICES | both sides are cut by key hash, and each slice is joined by itself | else |
/// | ALL_PAIRS | all tasks of one side go through all rows of the other | there are no keys, and no side is small |
///
/// The table, or the tables of the slices, are made of the smaller side where there is a choice.
record JoinStrategy(Form form, boolean buildsLeft) {
    enum Form {
        TABLE,
        SLICES,
        ALL_PAIRS
    }

    /// @param tableBytes the largest side that becomes one table
    static JoinStrategy choose(
            JoinKind kind, boolean hasKeys, Estimates.Size left, Estimates.Size right, long tableBytes) {
        boolean isLeftSmaller = left.byteSize() < right.byteSize();
        boolean fitsLeft = left.byteSize() <= tableBytes && canShareLeft(kind);
        boolean fitsRight = right.byteSize() <= tableBytes && canShareRight(kind);
        if (fitsLeft || fitsRight) {
            return new JoinStrategy(Form.TABLE, fitsLeft && (!fitsRight || isLeftSmaller));
        }
        return new JoinStrategy(hasKeys ? Form.SLICES : Form.ALL_PAIRS, isLeftSmaller);
    }

    /// Whether the left side can be a table for all tasks, if it is small.
    static boolean canShareLeft(JoinKind kind) {
        return kind.left() == Alone.NONE;
    }

    static boolean canShareRight(JoinKind kind) {
        return kind.right() == Alone.NONE;
    }
}
