package io.lazuli.ml.selection;

import io.lazuli.ml.internal.MlErrors;
import java.util.List;
import java.util.stream.IntStream;

/// The folds of a shuffled [StratifiedKFold], several times, each time shuffled in another way.
///
/// **Source.** scikit-learn `RepeatedStratifiedKFold`.
public record RepeatedStratifiedKFold(int splitCount, int repeatCount, long seed) implements Splitter {
    public RepeatedStratifiedKFold {
        MlErrors.checkSplitCount(splitCount);
        ShuffleSplit.checkCount(repeatCount);
    }

    public static RepeatedStratifiedKFold of(int splitCount, int repeatCount, long seed) {
        return new RepeatedStratifiedKFold(splitCount, repeatCount, seed);
    }

    @Override
    public List<Fold> folds() {
        return IntStream.range(0, repeatCount)
                .boxed()
                .flatMap(repeat -> StratifiedKFold.of(splitCount).shuffled(ShuffleSplit.seedOf(seed, repeat)).folds()
                        .stream())
                .toList();
    }
}
