package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import java.util.Arrays;
import java.util.stream.IntStream;

/// How often each class was predicted for rows of each class.
///
/// **Source.** scikit-learn `confusion_matrix`.
///
/// @param counts by the right class, then the predicted one; by weight. Not to be written to.
public record ConfusionMatrix(Classes classes, double[][] counts) {
    /// By the right class in lines and the predicted one in columns.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, counts.length)
                .forEach(c -> text.append("%s: %s%n".formatted(classes.name(c), Arrays.toString(counts[c]))));
        return text.toString();
    }
}
