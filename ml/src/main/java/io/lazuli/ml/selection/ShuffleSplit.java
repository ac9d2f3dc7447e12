package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import java.util.List;
import java.util.stream.IntStream;

/// Random rows to test on and others to train on, drawn anew for each split.
///
/// **Errors.** DATA if there are too few rows, when something is computed.
///
/// **Source.** scikit-learn `ShuffleSplit`.
///
/// @param testSize  a share above 0 and below 1, or a number of rows
/// @param trainSize as `testSize`; 0 for all rows that are not tested on
public record ShuffleSplit(int splitCount, double testSize, double trainSize, long seed) implements Splitter {
    /// Folds of a split.
    static final int TEST = 0;
    static final int TRAIN = 1;
    static final int NEITHER = -1;

    public ShuffleSplit {
        checkCount(splitCount);
        new SplitSizes(testSize, trainSize);
    }

    static void checkCount(int splitCount) {
        if (splitCount < 1) {
            throw MlErrors.badParameter("the number of splits", splitCount, "at least 1");
        }
    }

    public static ShuffleSplit of(int splitCount, double testSize, long seed) {
        return new ShuffleSplit(splitCount, testSize, 0, seed);
    }

    public ShuffleSplit withTrainSize(double trainSize) {
        return new ShuffleSplit(splitCount, testSize, trainSize, seed);
    }

    @Override
    public List<Fold> folds() {
        SplitSizes sizes = new SplitSizes(testSize, trainSize);
        return IntStream.range(0, splitCount)
                .mapToObj(split -> Fold.allBut(new Rule(sizes, seedOf(seed, split)), TEST))
                .toList();
    }

    /// Another one for each split.
    static long seedOf(long seed, int split) {
        return Permutation.mix(seed + split * 0x9E3779B97F4A7C15L);
    }

    private record Rule(SplitSizes sizes, long seed) implements FoldRule<Long, Place> {
        @Override
        public String name() {
            return "ShuffleSplit";
        }

        @Override
        public Long count(Rows rows) {
            return (long) rows.count();
        }

        @Override
        public List<Place> plan(List<Long> counts) {
            sizes.of(Place.total(counts));
            return Place.of(counts);
        }

        @Override
        public short[] assign(Place place, Rows rows) {
            SplitSizes.Counts counts = sizes.of(place.total());
            Permutation order = new Permutation(place.total(), seed);
            short[] folds = new short[rows.count()];
            for (int row = 0; row < folds.length; row++) {
                folds[row] = (short) fold(order.get(place.start() + row), counts.test(), counts.train());
            }
            return folds;
        }
    }

    /// The fold of a row by its place in random order.
    static int fold(long place, long test, long train) {
        if (place < test) {
            return TEST;
        }
        return place < test + train ? TRAIN : NEITHER;
    }
}
