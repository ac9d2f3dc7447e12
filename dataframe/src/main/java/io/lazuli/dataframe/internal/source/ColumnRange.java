package io.lazuli.dataframe.internal.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What is known of the values of a column without reading them.
///
/// @param least      Long (also for INT, DATE, TIMESTAMP and BOOL), Double or String; every value that is neither null nor
///                   NaN is at least this; empty if unknown
/// @param greatest   likewise
/// @param nullCount  -1 if unknown
/// @param mayHaveNaN whether some value may be NaN
public record ColumnRange(
        Optional<Comparable<?>> least, Optional<Comparable<?>> greatest, long nullCount, boolean mayHaveNaN) {
    /// What is known of the values of both.
    public ColumnRange and(ColumnRange other) {
        boolean countsNulls = nullCount >= 0 && other.nullCount >= 0;
        return new ColumnRange(
                outer(least, other.least, -1),
                outer(greatest, other.greatest, 1),
                countsNulls ? nullCount + other.nullCount : -1,
                mayHaveNaN || other.mayHaveNaN);
    }

    private static Optional<Comparable<?>> outer(
            Optional<Comparable<?>> one, Optional<Comparable<?>> other, int direction) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        return compare(one.get(), other.get()) * direction >= 0 ? one : other;
    }

    /// Bounds of one column are of one class; texts are in the order of their UTF-8 bytes.
    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> one, Comparable<?> other) {
        if (one instanceof String left && other instanceof String right) {
            return Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable<Object>) one).compareTo(other);
    }
}
