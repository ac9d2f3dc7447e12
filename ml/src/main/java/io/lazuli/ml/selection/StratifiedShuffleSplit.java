package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Random rows to test on and others to train on, drawn anew for each split, with the same share of each class up to one row.
///
/// **Errors.** When something is computed: USER if there is no target; DATA if a class has one row only, or there are fewer rows to train or
/// test on than classes.
///
/// **Source.** scikit-learn `StratifiedShuffleSplit`.
///
/// @param testSize  a share above 0 and below 1, or a number of rows
/// @param trainSize as `testSize`; 0 for all rows that are not tested on
public record StratifiedShuffleSplit(int splitCount, double testSize, double trainSize,
        long seed) implements Splitter {
    public StratifiedShuffleSplit {
        ShuffleSplit.checkCount(splitCount);
        new SplitSizes(testSize, trainSize);
    }

    public static StratifiedShuffleSplit of(int splitCount, double testSize, long seed) {
        return new StratifiedShuffleSplit(splitCount, testSize, 0, seed);
    }

    public StratifiedShuffleSplit withTrainSize(double trainSize) {
        return new StratifiedShuffleSplit(splitCount, testSize, trainSize, seed);
    }

    @Override
    public List<Fold> folds() {
        SplitSizes sizes = new SplitSizes(testSize, trainSize);
        return IntStream.range(0, splitCount)
                .mapToObj(split -> Fold.allBut(new Rule(sizes, ShuffleSplit.seedOf(seed, split)), ShuffleSplit.TEST))
                .toList();
    }

    private record Rule(SplitSizes sizes, long seed) implements FoldRule<Strata.Counts, Strata.Known> {
        @Override
        public String name() {
            return "StratifiedShuffleSplit";
        }

        @Override
        public Strata.Counts count(Rows rows) {
            return Strata.count(rows, name());
        }

        @Override
        public List<Strata.Known> plan(List<Strata.Counts> counts) {
            Strata strata = Strata.of(counts);
            SplitSizes.Counts rows = sizes.of(strata.total());
            for (int c = 0; c < strata.count(); c++) {
                if (strata.totals()[c] < 2) {
                    throw MlErrors.tooFewMembers(name(), strata.classes().name(c), strata.totals()[c], 2);
                }
            }
            if (rows.train() < strata.count() || rows.test() < strata.count()) {
                boolean isTrain = rows.train() < strata.count();
                throw MlErrors.fewerThanClasses(
                        isTrain ? "training" : "test", isTrain ? rows.train() : rows.test(), strata.count());
            }
            return strata.known(counts);
        }

        @Override
        public short[] assign(Strata.Known known, Rows rows) {
            Strata strata = known.all();
            SplitSizes.Counts counts = sizes.of(strata.total());
            long[] train = dealt(strata.totals(), counts.train());
            long[] left = strata.totals().clone();
            Arrays.setAll(left, c -> left[c] - train[c]);
            long[] test = dealt(left, counts.test());
            List<Permutation> orders = LongStream.range(0, train.length)
                    .mapToObj(c -> new Permutation(strata.totals()[(int) c], seed ^ Permutation.mix(c + 1)))
                    .toList();
            return Strata.assign(
                    known, rows, (c, member) -> ShuffleSplit.fold(orders.get(c).get(member), test[c], train[c]));
        }

        /// So many rows of each class that they are `count` together: its share, rounded down, and one more where the most was lost.
        private long[] dealt(long[] totals, long count) {
            double all = Arrays.stream(totals).sum();
            long[] dealt = new long[totals.length];
            double[] lost = new double[totals.length];
            for (int c = 0; c < totals.length; c++) {
                double share = totals[c] / all * count;
                dealt[c] = (long) share;
                lost[c] = share - dealt[c];
            }
            IntStream.range(0, totals.length)
                    .boxed()
                    .sorted(
                            Comparator.<Integer>comparingDouble(c -> -lost[c])
                                    .thenComparingLong(c -> Permutation.mix(seed + c)))
                    .limit(count - Arrays.stream(dealt).sum())
                    .forEach(c -> dealt[c]++);
            return dealt;
        }
    }
}
