package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.Permutation;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Folds of equal size, up to one row: those of neighbours, or of random rows if it is shuffled. Each is tested on once.
///
/// ```java
/// KFold.of(5).shuffled(42)
/// ```
///
/// **Source.** scikit-learn `KFold`; folds that are not shuffled are the same.
public record KFold(int splitCount, OptionalLong seed) implements Splitter {
    public KFold {
        MlErrors.checkSplitCount(splitCount);
    }

    public static KFold of(int splitCount) {
        return new KFold(splitCount, OptionalLong.empty());
    }

    public KFold shuffled(long seed) {
        return new KFold(splitCount, OptionalLong.of(seed));
    }

    @Override
    public List<Fold> folds() {
        Rule rule = new Rule(splitCount, seed.isPresent(), seed.orElse(0));
        return IntStream.range(0, splitCount).mapToObj(fold -> Fold.allBut(rule, fold)).toList();
    }

    private record Rule(int splitCount, boolean isShuffled, long seed) implements FoldRule<Long, Place> {
        @Override
        public String name() {
            return "KFold";
        }

        @Override
        public Long count(Rows rows) {
            return (long) rows.count();
        }

        @Override
        public List<Place> plan(List<Long> counts) {
            long total = Place.total(counts);
            if (total < splitCount) {
                throw MlErrors.moreFoldsThan(splitCount, total, "rows");
            }
            return Place.of(counts);
        }

        @Override
        public short[] assign(Place place, Rows rows) {
            short[] folds = new short[rows.count()];
            Permutation order = new Permutation(place.total(), seed);
            for (int row = 0; row < folds.length; row++) {
                long at = place.start() + row;
                folds[row] = (short) fold(isShuffled ? order.get(at) : at, place.total());
            }
            return folds;
        }

        /// The first folds have a row more where they cannot all have the same.
        private long fold(long place, long total) {
            long size = total / splitCount;
            long larger = total % splitCount;
            return place < larger * (size + 1) ? place / (size + 1) : (place - larger) / size;
        }
    }
}
