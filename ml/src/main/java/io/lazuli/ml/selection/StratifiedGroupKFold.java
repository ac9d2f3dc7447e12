package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Folds that never part a group, and have about the same share of each class: groups go one by one, those whose classes differ most in size
/// first, to the fold where they spread classes best. Each is tested on once. Rows without a group are a group.
///
/// **Cost.** Room for a number for each group and class. **Errors.** When something is computed: USER if there is no target, or there are no
/// groups; DATA if there are fewer groups than folds, or all classes have fewer rows. A class that has is logged.
///
/// **Source.** scikit-learn `StratifiedGroupKFold`; folds that are not shuffled are the same.
public record StratifiedGroupKFold(int splitCount, OptionalLong seed) implements Splitter {
    public StratifiedGroupKFold {
        MlErrors.checkSplitCount(splitCount);
    }

    public static StratifiedGroupKFold of(int splitCount) {
        return new StratifiedGroupKFold(splitCount, OptionalLong.empty());
    }

    /// Takes groups whose classes differ alike in random order.
    public StratifiedGroupKFold shuffled(long seed) {
        return new StratifiedGroupKFold(splitCount, OptionalLong.of(seed));
    }

    @Override
    public List<Fold> folds() {
        Rule rule = new Rule(splitCount, seed.isPresent(), seed.orElse(0));
        return IntStream.range(0, splitCount).mapToObj(fold -> Fold.allBut(rule, fold)).toList();
    }

    private record Rule(int splitCount, boolean isShuffled, long seed) implements FoldRule<GroupClasses, GroupFolds> {
        @Override
        public String name() {
            return "StratifiedGroupKFold";
        }

        @Override
        public GroupClasses count(Rows rows) {
            return GroupClasses.of(rows, name());
        }

        @Override
        public List<GroupFolds> plan(List<GroupClasses> counts) {
            GroupClasses all = counts.stream().reduce(GroupClasses::merge).orElseThrow();
            double[][] groups = all.rows();
            if (groups.length < splitCount) {
                throw MlErrors.moreFoldsThan(splitCount, groups.length, "groups");
            }
            Strata.checkFolds(all.classSizes(), splitCount, name());
            GroupSpread spread = new GroupSpread(splitCount, all.classSizes());
            short[] folds = new short[groups.length];
            for (int group : order(groups)) {
                folds[group] = (short) spread.add(groups[group]);
            }
            return Collections.nCopies(counts.size(), new GroupFolds(all.groups().values(), folds));
        }

        private List<Integer> order(double[][] groups) {
            Permutation random = new Permutation(groups.length, seed);
            List<Integer> order = new ArrayList<>(
                    LongStream.range(0, groups.length)
                            .mapToObj(place -> (int) (isShuffled ? random.get(place) : place))
                            .toList());
            order.sort(Comparator.comparingDouble(group -> -GroupSpread.deviation(groups[group])));
            return order;
        }

        @Override
        public short[] assign(GroupFolds known, Rows rows) {
            return known.assign(rows);
        }
    }
}
