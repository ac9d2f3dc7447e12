package io.lazuli.ml.selection;

import io.lazuli.ml.fit.FoldRule;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.internal.MlErrors;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/// Folds that the data comes with: the groups are the numbers of folds, from 0. Rows of negative ones are never tested on.
///
/// **Source.** scikit-learn `PredefinedSplit`.
public record PredefinedSplit(int splitCount) implements Splitter {
    public PredefinedSplit {
        MlErrors.checkSplitCount(splitCount);
    }

    public static PredefinedSplit of(int splitCount) {
        return new PredefinedSplit(splitCount);
    }

    @Override
    public List<Fold> folds() {
        Rule rule = new Rule(splitCount);
        return IntStream.range(0, splitCount).mapToObj(fold -> Fold.allBut(rule, fold)).toList();
    }

    private record Rule(int splitCount) implements FoldRule<Boolean, Boolean> {
        @Override
        public String name() {
            return "PredefinedSplit";
        }

        @Override
        public Boolean count(Rows rows) {
            return true;
        }

        @Override
        public List<Boolean> plan(List<Boolean> counts) {
            return Collections.nCopies(counts.size(), true);
        }

        @Override
        public short[] assign(Boolean known, Rows rows) {
            short[] folds = new short[rows.count()];
            int[] next = {0};
            rows.forEachTile(tile -> {
                GroupRows.check(tile, name());
                for (int row = 0; row < tile.length(); row++) {
                    double fold = tile.groups()[row];
                    if (!(fold < splitCount) || fold != Math.rint(fold)) {
                        throw MlErrors.notAFold(fold, splitCount);
                    }
                    folds[next[0]++] = (short) Math.max(-1, fold);
                }
            });
            return folds;
        }
    }
}
