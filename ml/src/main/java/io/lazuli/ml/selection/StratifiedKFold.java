package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Folds that each have the same share of every class, up to one row: of neighbours, or of random rows if it is shuffled. Each is tested on
/// once.
///
/// **Errors.** When something is computed: USER if there is no target; DATA if all classes have fewer rows than there are folds. One that
/// has is logged, as some folds will be without it.
///
/// **Source.** scikit-learn `StratifiedKFold`; folds that are not shuffled are the same.
public record StratifiedKFold(int splitCount, OptionalLong seed) implements Splitter {
    public StratifiedKFold {
        MlErrors.checkSplitCount(splitCount);
    }

    public static StratifiedKFold of(int splitCount) {
        return new StratifiedKFold(splitCount, OptionalLong.empty());
    }

    public StratifiedKFold shuffled(long seed) {
        return new StratifiedKFold(splitCount, OptionalLong.of(seed));
    }

    @Override
    public List<Fold> folds() {
        Rule rule = new Rule(splitCount, seed.isPresent(), seed.orElse(0));
        return IntStream.range(0, splitCount).mapToObj(fold -> Fold.allBut(rule, fold)).toList();
    }

    private record Rule(int splitCount, boolean isShuffled,
            long seed) implements FoldRule<Strata.Counts, Strata.Known> {
        @Override
        public String name() {
            return "StratifiedKFold";
        }

        @Override
        public Strata.Counts count(Rows rows) {
            return Strata.count(rows, name());
        }

        @Override
        public List<Strata.Known> plan(List<Strata.Counts> counts) {
            Strata strata = Strata.of(counts);
            Strata.checkFolds(Arrays.stream(strata.totals()).asDoubleStream().toArray(), splitCount, name());
            return strata.known(counts);
        }

        @Override
        public short[] assign(Strata.Known known, Rows rows) {
            long[][] ends = ends(known.all());
            List<Permutation> orders = LongStream.range(0, ends.length)
                    .mapToObj(c -> new Permutation(known.all().totals()[(int) c], seed ^ Permutation.mix(c + 1)))
                    .toList();
            return Strata.assign(known, rows, (c, member) -> {
                int found = Arrays.binarySearch(ends[c], isShuffled ? orders.get(c).get(member) : member);
                return firstAbove(ends[c], found);
            });
        }

        /// Folds that get no row of a class end where the one before does.
        private static int firstAbove(long[] ends, int found) {
            int fold = found < 0 ? -found - 1 : found + 1;
            while (found >= 0 && fold < ends.length && ends[fold] == ends[found]) {
                fold++;
            }
            return fold;
        }

        /// By class and fold, where the fold's members end. Rows of all classes, one class after the other in the order of their first rows,
        /// are dealt out to the folds in turn; that says how many of a class each gets.
        private long[][] ends(Strata strata) {
            long[] byOrder = new long[strata.count()];
            for (int c = 0; c < byOrder.length; c++) {
                byOrder[strata.order()[c]] = strata.totals()[c];
            }
            Arrays.parallelPrefix(byOrder, Long::sum);
            long[][] ends = new long[byOrder.length][splitCount];
            for (int c = 0; c < ends.length; c++) {
                long end = byOrder[strata.order()[c]];
                long start = end - strata.totals()[c];
                long members = 0;
                for (int fold = 0; fold < splitCount; fold++) {
                    members += dealt(end, fold) - dealt(start, fold);
                    ends[c][fold] = members;
                }
            }
            return ends;
        }

        /// How many of the first rows a fold gets.
        private long dealt(long rows, int fold) {
            return (rows + splitCount - 1 - fold) / splitCount;
        }
    }
}
