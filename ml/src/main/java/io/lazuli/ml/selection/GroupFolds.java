package io.lazuli.ml.selection;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.data.ClassIndex;
import io.lazuli.ml.internal.summary.Levels;
import java.util.Arrays;

/// Which fold each group is in.
///
/// @param groups ascending
/// @param folds  one for each, and another one for rows without a group, if there are some
record GroupFolds(Classes groups, short[] folds) {
    /// Rows of each group, last those without a group if there are some.
    static double[] sizes(Levels groups) {
        double[] sizes = Arrays.copyOf(groups.weights(), groups.weights().length + (groups.missing() > 0 ? 1 : 0));
        if (groups.missing() > 0) {
            sizes[sizes.length - 1] = groups.missing();
        }
        return sizes;
    }

    short[] assign(Rows rows) {
        ClassIndex index = ClassIndex.of(groups, rows.groupTexts());
        short[] assigned = new short[rows.count()];
        int[] at = {0};
        rows.forEachTile(tile -> {
            for (int row = 0; row < tile.length(); row++) {
                double group = tile.groups()[row];
                assigned[at[0]++] = folds[group == group ? index.of(group) : groups.count()];
            }
        });
        return assigned;
    }
}
