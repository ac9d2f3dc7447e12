package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.summary.Levels;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Folds that never part a group, of about equal size: groups go one by one, the largest first, to the fold that has the fewest rows so far.
/// Each is tested on once. Rows without a group are a group.
///
/// **Errors.** When something is computed: USER if there are no groups; DATA if there are fewer than folds.
///
/// **Source.** scikit-learn `GroupKFold`; of groups of the same size the one with the greater name comes first.
public record GroupKFold(int splitCount) implements Splitter {
    public GroupKFold {
        MlErrors.checkSplitCount(splitCount);
    }

    public static GroupKFold of(int splitCount) {
        return new GroupKFold(splitCount);
    }

    @Override
    public List<Fold> folds() {
        Rule rule = new Rule(splitCount);
        return IntStream.range(0, splitCount).mapToObj(fold -> Fold.allBut(rule, fold)).toList();
    }

    private record Rule(int splitCount) implements FoldRule<Levels, GroupFolds> {
        @Override
        public String name() {
            return "GroupKFold";
        }

        @Override
        public Levels count(Rows rows) {
            return GroupRows.count(rows, name());
        }

        @Override
        public List<GroupFolds> plan(List<Levels> counts) {
            Levels groups = counts.stream().reduce(Levels::merge).orElseThrow();
            double[] sizes = GroupFolds.sizes(groups);
            if (sizes.length < splitCount) {
                throw MlErrors.moreFoldsThan(splitCount, sizes.length, "groups");
            }
            short[] folds = new short[sizes.length];
            double[] rows = new double[splitCount];
            IntStream.range(0, sizes.length)
                    .map(group -> sizes.length - 1 - group)
                    .boxed()
                    .sorted((left, right) -> Double.compare(sizes[right], sizes[left]))
                    .forEach(group -> {
                        int lightest = lightest(rows);
                        folds[group] = (short) lightest;
                        rows[lightest] += sizes[group];
                    });
            return Collections.nCopies(counts.size(), new GroupFolds(groups.values(), folds));
        }

        private static int lightest(double[] rows) {
            int lightest = 0;
            for (int fold = 1; fold < rows.length; fold++) {
                lightest = rows[fold] < rows[lightest] ? fold : lightest;
            }
            return lightest;
        }

        @Override
        public short[] assign(GroupFolds known, Rows rows) {
            return known.assign(rows);
        }
    }
}
