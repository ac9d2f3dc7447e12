package io.lazuli.ml.metrics;

import io.lazuli.ml.internal.numeric.WeightedValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How likely classes were said to be, for rows of each class, in order.
///
/// @param classes whose probabilities are kept
/// @param runs    by class of these, then by right class
record Ranking(int[] classes, List<List<Runs>> runs) {
    /// Of the second of two classes, which says all, or of all classes.
    static Ranking of(int classCount) {
        int[] classes = classCount == 2 ? new int[] {1} : IntStream.range(0, classCount).toArray();
        return new Ranking(
                classes,
                IntStream.of(classes)
                        .mapToObj(_ -> IntStream.range(0, classCount).mapToObj(_ -> Runs.none()).toList())
                        .toList());
    }

    private int classCount() {
        return runs.getFirst().size();
    }

    /// Changes itself.
    Ranking add(Predictions rows) {
        int[][] byClass = rowsByClass(rows);
        for (int k = 0; k < classes.length; k++) {
            double[] scores = rows.probabilities()[classes[k]];
            for (int right = 0; right < byClass.length; right++) {
                int[] own = byClass[right];
                if (own.length > 0) {
                    runs.get(k).get(right).add(
                            WeightedValues.of(take(scores, own), take(rows.weights(), own), own.length));
                }
            }
        }
        return this;
    }

    private int[][] rowsByClass(Predictions rows) {
        int[] counts = new int[classCount()];
        for (int row = 0; row < rows.length(); row++) {
            counts[(int) rows.target()[row]]++;
        }
        int[][] byClass = new int[counts.length][];
        Arrays.setAll(byClass, c -> new int[counts[c]]);
        for (int row = rows.length() - 1; row >= 0; row--) {
            int right = (int) rows.target()[row];
            byClass[right][--counts[right]] = row;
        }
        return byClass;
    }

    private static double[] take(double[] values, int[] rows) {
        double[] taken = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            taken[i] = values[rows[i]];
        }
        return taken;
    }

    /// Changes neither.
    static Ranking merge(Ranking left, Ranking right) {
        List<List<Runs>> runs = new ArrayList<>();
        for (int k = 0; k < left.classes.length; k++) {
            List<Runs> one = left.runs.get(k);
            List<Runs> other = right.runs.get(k);
            runs.add(IntStream.range(0, one.size()).mapToObj(c -> Runs.merge(one.get(c), other.get(c))).toList());
        }
        return new Ranking(left.classes, runs);
    }

    /// Probabilities of a class for rows of one class.
    ///
    /// @param k the place of the class in `classes`
    WeightedValues scores(int k, int right) {
        return runs.get(k).get(right).total();
    }

    /// Probabilities of a class for rows of all others.
    WeightedValues others(int k) {
        return IntStream.range(0, classCount())
                .filter(right -> right != classes[k])
                .mapToObj(right -> scores(k, right))
                .reduce(WeightedValues.NONE, WeightedValues::merge);
    }
}
