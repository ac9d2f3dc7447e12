package io.lazuli.ml.selection;

import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.Levels;
import java.util.Arrays;

/// Looks at the groups of rows.
final class GroupRows {
    private GroupRows() {}

    /// **Errors.** USER if there are no groups.
    static void check(Tile tile, String splitter) {
        if (tile.groups().length == 0) {
            throw MlErrors.needsGroups(splitter);
        }
    }

    /// How many rows each group has. **Errors.** USER if there are no groups.
    static Levels count(Rows rows, String splitter) {
        Levels.Counter counter = Levels.Counter.of(rows.groupTexts());
        rows.forEachTile(tile -> {
            check(tile, splitter);
            counter.add(tile.groups(), ones(tile.length()), tile.length());
        });
        return counter.finish();
    }

    static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
