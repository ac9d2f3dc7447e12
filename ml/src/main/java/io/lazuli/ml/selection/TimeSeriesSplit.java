package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import java.util.List;
import java.util.stream.IntStream;

/// Trains on rows that come before those that it tests on, of rows in the order of time. Each split tests on the rows behind those of the
/// split before.
///
/// ```
///   split 0   train train test
///   split 1   train train train train test
///   split 2   train train train train train train test
/// ```
///
/// **Errors.** DATA if there are too few rows, when something is computed.
///
/// **Source.** scikit-learn `TimeSeriesSplit`; the same rows.
///
/// @param maxTrainSize the most rows to train on, the last ones; 0 for all
/// @param testSize     rows to test on in each split; 0 for as many as are in each of one part more than there are splits
/// @param gap          rows that are left out before those that are tested on
public record TimeSeriesSplit(int splitCount, long maxTrainSize, long testSize, long gap) implements Splitter {
    public TimeSeriesSplit {
        MlErrors.checkSplitCount(splitCount);
        if (maxTrainSize < 0 || testSize < 0 || gap < 0) {
            throw MlErrors.badParameter(
                    "one of the train size, test size and gap", Math.min(maxTrainSize, Math.min(testSize, gap)),
                    "a number of rows");
        }
    }

    public static TimeSeriesSplit of(int splitCount) {
        return new TimeSeriesSplit(splitCount, 0, 0, 0);
    }

    public TimeSeriesSplit withMaxTrainSize(long maxTrainSize) {
        return new TimeSeriesSplit(splitCount, maxTrainSize, testSize, gap);
    }

    public TimeSeriesSplit withTestSize(long testSize) {
        return new TimeSeriesSplit(splitCount, maxTrainSize, testSize, gap);
    }

    public TimeSeriesSplit withGap(long gap) {
        return new TimeSeriesSplit(splitCount, maxTrainSize, testSize, gap);
    }

    @Override
    public List<Fold> folds() {
        if (gap == 0 && maxTrainSize == 0) {
            Growing rule = new Growing(splitCount, testSize);
            return IntStream.rangeClosed(1, splitCount)
                    .mapToObj(fold -> new Fold(rule, Fold.TrainOn.BEFORE, fold))
                    .toList();
        }
        return IntStream.range(0, splitCount)
                .mapToObj(split -> Fold.allBut(
                        new Window(splitCount, split, maxTrainSize, testSize, gap), ShuffleSplit.TEST))
                .toList();
    }

    /// **Errors.** DATA if there are too few rows.
    private static long checkedTestSize(int splitCount, long testSize, long gap, long total) {
        if (total < splitCount + 1) {
            throw MlErrors.moreFoldsThan(splitCount + 1, total, "rows");
        }
        long size = testSize == 0 ? total / (splitCount + 1) : testSize;
        if (total - gap - size * splitCount <= 0) {
            throw MlErrors.emptySplit(Math.max(0, total - gap - size * splitCount), size * splitCount, total);
        }
        return size;
    }

    private static long testStart(int splitCount, long testSize, long total, int split) {
        return total - (splitCount - split) * testSize;
    }

    /// One numbering for all splits: fold 0 is before the first test, fold 1 is tested on first.
    private record Growing(int splitCount, long testSize) implements FoldRule<Long, Place> {
        @Override
        public String name() {
            return "TimeSeriesSplit";
        }

        @Override
        public Long count(Rows rows) {
            return (long) rows.count();
        }

        @Override
        public List<Place> plan(List<Long> counts) {
            checkedTestSize(splitCount, testSize, 0, Place.total(counts));
            return Place.of(counts);
        }

        @Override
        public short[] assign(Place place, Rows rows) {
            long size = checkedTestSize(splitCount, testSize, 0, place.total());
            long first = testStart(splitCount, size, place.total(), 0);
            short[] folds = new short[rows.count()];
            for (int row = 0; row < folds.length; row++) {
                long at = place.start() + row;
                folds[row] = (short) (at < first ? 0 : (at - first) / size + 1);
            }
            return folds;
        }
    }

    /// The numbering of one split.
    private record Window(int splitCount, int split, long maxTrainSize, long testSize,
            long gap) implements FoldRule<Long, Place> {
        @Override
        public String name() {
            return "TimeSeriesSplit";
        }

        @Override
        public Long count(Rows rows) {
            return (long) rows.count();
        }

        @Override
        public List<Place> plan(List<Long> counts) {
            checkedTestSize(splitCount, testSize, gap, Place.total(counts));
            return Place.of(counts);
        }

        @Override
        public short[] assign(Place place, Rows rows) {
            long size = checkedTestSize(splitCount, testSize, gap, place.total());
            long testStart = testStart(splitCount, size, place.total(), split);
            long trainEnd = testStart - gap;
            long trainStart = maxTrainSize == 0 ? 0 : Math.max(0, trainEnd - maxTrainSize);
            short[] folds = new short[rows.count()];
            for (int row = 0; row < folds.length; row++) {
                long at = place.start() + row;
                folds[row] = ShuffleSplit.NEITHER;
                if (at >= testStart && at < testStart + size) {
                    folds[row] = ShuffleSplit.TEST;
                } else if (at >= trainStart && at < trainEnd) {
                    folds[row] = ShuffleSplit.TRAIN;
                }
            }
            return folds;
        }
    }
}
