package io.lazuli.ml.selection;

import io.lazuli.ml.internal.MlErrors;
import java.util.List;
import java.util.stream.IntStream;

/// The folds of a shuffled [KFold], several times, each time shuffled in another way.
///
/// **Source.** scikit-learn `RepeatedKFold`.
public record RepeatedKFold(int splitCount, int repeatCount, long seed) implements Splitter {
    public RepeatedKFold {
        MlErrors.checkSplitCount(splitCount);
        ShuffleSplit.checkCount(repeatCount);
    }

    public static RepeatedKFold of(int splitCount, int repeatCount, long seed) {
        return new RepeatedKFold(splitCount, repeatCount, seed);
    }

    @Override
    public List<Fold> folds() {
        return IntStream.range(0, repeatCount)
                .boxed()
                .flatMap(repeat -> KFold.of(splitCount).shuffled(ShuffleSplit.seedOf(seed, repeat)).folds().stream())
                .toList();
    }
}
