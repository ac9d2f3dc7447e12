package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features.Kind;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which category each value of a feature is, in the rows of one partition.
sealed interface CategoryIndex {
    int UNKNOWN = -1;

    /// @param into a number a row, the index of its category or [#UNKNOWN]
    void find(double[] values, int length, int[] into);

    /// For messages.
    String name(double value);

    /// One for each feature; texts are looked up here, once.
    static List<CategoryIndex> of(Features features, List<Categories> categories, Rows rows) {
        List<CategoryIndex> all = new ArrayList<>();
        for (int j = 0; j < features.count(); j++) {
            Categories known = categories.get(j);
            int missing = known.hasMissing() ? known.count() - 1 : UNKNOWN;
            all.add(features.get(j).kind() == Kind.TEXT
                    ? OfTexts.of(known.values(), rows.texts(j), missing)
                    : new OfNumbers(numbers(known.values()), missing));
        }
        return all;
    }

    private static double[] numbers(Classes values) {
        return values instanceof Classes.Numbers(double[] numbers) ? numbers : new double[0];
    }

    /// @param byText the index of the category of each text in its partition
    record OfTexts(List<String> texts, int[] byText, int missing) implements CategoryIndex {
        static OfTexts of(Classes values, List<String> texts, int missing) {
            Map<String, Integer> known = new HashMap<>();
            for (int i = 0; i < values.count(); i++) {
                known.put(values.name(i), i);
            }
            return new OfTexts(
                    texts, texts.stream().mapToInt(text -> known.getOrDefault(text, UNKNOWN)).toArray(), missing);
        }

        @Override
        public void find(double[] values, int length, int[] into) {
            for (int row = 0; row < length; row++) {
                into[row] = values[row] == values[row] ? byText[(int) values[row]] : missing;
            }
        }

        @Override
        public String name(double value) {
            return value == value ? texts.get((int) value) : "null";
        }
    }

    /// @param numbers ascending
    record OfNumbers(double[] numbers, int missing) implements CategoryIndex {
        @Override
        public void find(double[] values, int length, int[] into) {
            for (int row = 0; row < length; row++) {
                into[row] = values[row] == values[row]
                        ? Math.max(UNKNOWN, Arrays.binarySearch(numbers, values[row] + 0.0))
                        : missing;
            }
        }

        @Override
        public String name(double value) {
            return Double.toString(value);
        }
    }
}
