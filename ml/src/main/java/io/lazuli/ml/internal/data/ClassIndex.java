package io.lazuli.ml.internal.data;

import io.lazuli.ml.fit.Classes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where among classes a value of one partition is.
public sealed interface ClassIndex {
    /// Below 0 if it is none.
    int of(double value);

    /// @param texts that values stand for; used if the classes are texts
    static ClassIndex of(Classes classes, List<String> texts) {
        return switch (classes) {
            case Classes.Numbers(double[] values) -> new OfNumbers(values);
            case Classes.Texts(List<String> names) -> {
                Map<String, Integer> indexes = new HashMap<>();
                names.forEach(name -> indexes.put(name, indexes.size()));
                yield new OfTexts(texts.stream().mapToInt(text -> indexes.getOrDefault(text, -1)).toArray());
            }
        };
    }

    /// Classes that are numbers.
    record OfNumbers(double[] values) implements ClassIndex {
        @Override
        public int of(double value) {
            return Arrays.binarySearch(values, value + 0.0);
        }
    }

    /// Classes that are texts.
    ///
    /// @param indexes by the number of a text in its partition
    record OfTexts(int[] indexes) implements ClassIndex {
        @Override
        public int of(double value) {
            return Double.isNaN(value) ? -1 : indexes[(int) value];
        }
    }
}
