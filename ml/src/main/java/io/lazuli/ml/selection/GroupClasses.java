package io.lazuli.ml.selection;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.data.ClassIndex;
import io.lazuli.ml.internal.summary.Levels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// How many rows of each class each group has.
///
/// @param rows by group, then class; rows without a group come last, if there are some
record GroupClasses(Levels groups, Levels classes, double[][] rows) {
    /// **Errors.** USER if there is no target, or there are no groups; DATA if a row has no target.
    static GroupClasses of(Rows rows, String splitter) {
        Levels groups = GroupRows.count(rows, splitter);
        Levels classes = Strata.count(rows, splitter).levels();
        ClassIndex group = ClassIndex.of(groups.values(), rows.groupTexts());
        ClassIndex index = ClassIndex.of(classes.values(), rows.targetTexts());
        double[][] counts = new double[GroupFolds.sizes(groups).length][classes.values().count()];
        rows.forEachTile(tile -> {
            for (int row = 0; row < tile.length(); row++) {
                double value = tile.groups()[row];
                int g = value == value ? group.of(value) : groups.values().count();
                counts[g][index.of(tile.target()[row])]++;
            }
        });
        return new GroupClasses(groups, classes, counts);
    }

    static GroupClasses merge(GroupClasses left, GroupClasses right) {
        Levels groups = Levels.merge(left.groups, right.groups);
        Levels classes = Levels.merge(left.classes, right.classes);
        double[][] rows = new double[GroupFolds.sizes(groups).length][classes.values().count()];
        for (GroupClasses part : List.of(left, right)) {
            int[] toClass = places(part.classes.values(), classes.values());
            int[] toGroup = places(part.groups.values(), groups.values());
            for (int g = 0; g < part.rows.length; g++) {
                double[] into = rows[g < toGroup.length ? toGroup[g] : groups.values().count()];
                for (int c = 0; c < toClass.length; c++) {
                    into[toClass[c]] += part.rows[g][c];
                }
            }
        }
        return new GroupClasses(groups, classes, rows);
    }

    /// Where each of some classes is among others.
    private static int[] places(Classes some, Classes all) {
        Map<String, Integer> places = new HashMap<>();
        IntStream.range(0, all.count()).forEach(c -> places.put(all.name(c), c));
        return IntStream.range(0, some.count())
                .map(c -> Objects.requireNonNull(places.get(some.name(c)), "merged"))
                .toArray();
    }

    double[] classSizes() {
        return classes.weights();
    }
}
