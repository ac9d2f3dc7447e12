package io.lazuli.ml.selection;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Tile;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.data.ClassIndex;
import io.lazuli.ml.internal.summary.Levels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The rows of each class, over all partitions: a row is known by its class and its place among the rows of that.
///
/// @param classes ascending
/// @param totals  rows of each class
/// @param order   by class, the place of its first row among those of all classes
record Strata(Classes classes, long[] totals, int[] order) {
    private static final int MOST_CLASSES = 10_000;

    /// What a partition has.
    ///
    /// @param first by class, its first row
    record Counts(Levels levels, int[] first) {}

    /// What a partition needs to know.
    ///
    /// @param starts by class, how many of its rows come before this partition
    record Known(Strata all, long[] starts) {}

    /// The fold of a row by its class and its place among the rows of that.
    interface FoldOfMember {
        int of(int c, long member);
    }

    /// **Errors.** USER if there is no target, DATA if a row has none.
    static Counts count(Rows rows, String splitter) {
        Levels.Counter counter = Levels.Counter.of(rows.targetTexts());
        rows.forEachTile(tile -> {
            check(tile, splitter);
            counter.add(tile.target(), GroupRows.ones(tile.length()), tile.length());
        });
        Levels levels = counter.finish();
        if (levels.missing() > 0) {
            throw MlErrors.missingTarget();
        }
        if (levels.values().count() > MOST_CLASSES) {
            throw MlErrors.tooManyClasses(MOST_CLASSES);
        }
        return new Counts(levels, first(levels.values(), rows));
    }

    static void check(Tile tile, String splitter) {
        if (tile.target().length == 0) {
            throw MlErrors.needsTarget(splitter);
        }
    }

    private static int[] first(Classes classes, Rows rows) {
        ClassIndex index = ClassIndex.of(classes, rows.targetTexts());
        int[] first = new int[classes.count()];
        Arrays.fill(first, Integer.MAX_VALUE);
        int[] at = {0};
        rows.forEachTile(tile -> {
            for (int row = 0; row < tile.length(); row++) {
                int c = index.of(tile.target()[row]);
                first[c] = Math.min(first[c], at[0]++);
            }
        });
        return first;
    }

    static Strata of(List<Counts> partitions) {
        Levels all = partitions.stream().map(Counts::levels).reduce(Levels::merge).orElseThrow();
        Map<String, Integer> order = new LinkedHashMap<>();
        for (Counts partition : partitions) {
            IntStream.range(0, partition.first.length)
                    .boxed()
                    .sorted((left, right) -> Integer.compare(partition.first[left], partition.first[right]))
                    .forEach(c -> order.putIfAbsent(partition.levels.values().name(c), order.size()));
        }
        int[] places = new int[all.values().count()];
        Arrays.setAll(places, c -> Objects.requireNonNull(order.get(all.values().name(c)), "counted"));
        return new Strata(all.values(), Arrays.stream(all.weights()).mapToLong(count -> (long) count).toArray(),
                places);
    }

    int count() {
        return totals.length;
    }

    long total() {
        return Arrays.stream(totals).sum();
    }

    /// What each partition needs to know.
    List<Known> known(List<Counts> partitions) {
        Map<String, Integer> places = new LinkedHashMap<>();
        IntStream.range(0, count()).forEach(c -> places.put(classes.name(c), c));
        List<Known> known = new ArrayList<>();
        long[] starts = new long[count()];
        for (Counts partition : partitions) {
            known.add(new Known(this, starts.clone()));
            for (int c = 0; c < partition.first.length; c++) {
                Integer place = places.get(partition.levels.values().name(c));
                starts[Objects.requireNonNull(place, "counted")] += (long) partition.levels.weights()[c];
            }
        }
        return known;
    }

    static short[] assign(Known known, Rows rows, FoldOfMember folds) {
        ClassIndex index = ClassIndex.of(known.all.classes, rows.targetTexts());
        long[] next = known.starts.clone();
        short[] assigned = new short[rows.count()];
        int[] at = {0};
        rows.forEachTile(tile -> {
            for (int row = 0; row < tile.length(); row++) {
                int c = index.of(tile.target()[row]);
                assigned[at[0]++] = (short) folds.of(c, next[c]++);
            }
        });
        return assigned;
    }

    /// **Errors.** DATA if all classes have fewer rows than there are folds. Warns if one has.
    static void checkFolds(double[] classSizes, int splitCount, String splitter) {
        long most = (long) Arrays.stream(classSizes).max().orElse(0);
        long least = (long) Arrays.stream(classSizes).min().orElse(0);
        if (most < splitCount) {
            throw MlErrors.moreFoldsThan(splitCount, most, "rows of the largest class");
        }
        if (least < splitCount) {
            System.getLogger(Strata.class.getName()).log(
                    System.Logger.Level.WARNING,
                    "{0}: the smallest class has {1} rows, fewer than {2} folds, so some folds have none of it",
                    splitter, least, splitCount);
        }
    }
}
