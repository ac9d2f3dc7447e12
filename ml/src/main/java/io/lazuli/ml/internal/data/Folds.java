package io.lazuli.ml.internal.data;

import java.util.Arrays;

/// Which fold each row of a partition is in.
///
/// @param of a number a row; below 0 for rows that take no part
public record Folds(short[] of) {
    /// The rows that a selection takes, in order.
    int[] rows(FoldSelection selection) {
        int[] rows = new int[of.length];
        int count = 0;
        for (int row = 0; row < of.length; row++) {
            rows[count] = row;
            count += selection.takes(of[row]) ? 1 : 0;
        }
        return Arrays.copyOf(rows, count);
    }
}
