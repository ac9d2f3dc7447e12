package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetFile.Range;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.parquet.format.Statistics;

/// Turns the statistics of a footer into [Range]s of our values.
final class Ranges {
    private static final Optional<Comparable<?>> UNKNOWN = Optional.empty();

    private Ranges() {}

    /// @param statistics null if there are none
    /// @param isOrdered  whether the file says that bounds follow the order of the column's type
    static Range of(StoredForm form, Statistics statistics, boolean isOrdered) {
        if (statistics == null) {
            return new Range(UNKNOWN, UNKNOWN, -1, true);
        }
        boolean mayHaveNaN = !statistics.isSetNan_count() || statistics.getNan_count() != 0;
        long nullCount = statistics.isSetNull_count() ? statistics.getNull_count() : -1;
        Optional<Comparable<?>> least = UNKNOWN;
        Optional<Comparable<?>> greatest = UNKNOWN;
        if (isOrdered && statistics.isSetMin_value() && statistics.isSetMax_value()) {
            least = bound(form, statistics.getMin_value());
            greatest = bound(form, statistics.getMax_value());
        } else if (isSigned(form) && statistics.isSetMin() && statistics.isSetMax()) {
            least = bound(form, statistics.getMin());
            greatest = bound(form, statistics.getMax());
        }
        return new Range(least, greatest, nullCount, mayHaveNaN);
    }

    /// Whether the bounds of old files, which compare everything as signed, are right.
    private static boolean isSigned(StoredForm form) {
        return switch (form) {
            case BIT, INT32, DAYS, INT64, MILLIS, MICROS, NANOS, FLOAT, DOUBLE -> true;
            case UINT32, INT96, TEXT -> false;
        };
    }

    /// A bound in our values. The conversions are monotonous, so that a bound stays one.
    private static Optional<Comparable<?>> bound(StoredForm form, byte[] bytes) {
        if (form == StoredForm.TEXT) {
            return text(bytes);
        }
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != Math.max(1, form.width())) {
            return UNKNOWN;
        }
        return switch (form) {
            case BIT -> Optional.of((long) value.get(0));
            case INT32, DAYS -> Optional.of((long) value.getInt(0));
            case UINT32 -> Optional.of(Integer.toUnsignedLong(value.getInt(0)));
            case INT64, MICROS -> Optional.of(value.getLong(0));
            case MILLIS -> millis(value.getLong(0));
            case NANOS -> Optional.of(Math.floorDiv(value.getLong(0), 1000));
            case FLOAT -> number(value.getFloat(0));
            case DOUBLE -> number(value.getDouble(0));
            case INT96, TEXT -> UNKNOWN;
        };
    }

    /// Unknown where it does not fit as microseconds.
    private static Optional<Comparable<?>> millis(long millis) {
        long micros = millis * 1000;
        return Math.multiplyHigh(millis, 1000) == micros >> 63 ? Optional.of(micros) : UNKNOWN;
    }

    /// NaN is no bound, though some writers give it as one.
    private static Optional<Comparable<?>> number(double value) {
        return Double.isNaN(value) ? UNKNOWN : Optional.of(value);
    }

    /// Unknown if the bound was cut within a character: it would not survive as a string.
    private static Optional<Comparable<?>> text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8)) ? Optional.of(text) : UNKNOWN;
    }
}
