package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetFile.Range;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Turns the statistics of a footer into [Range]s of our values.
final class Ranges {
    private static final Optional<Comparable<?>> UNKNOWN = Optional.empty();

    private Ranges() {}

    /// @param isOrdered  whether the file says that bounds follow the order of the column's type
    static Range of(StoredForm form, ColumnStatistics statistics, boolean isOrdered) {
        boolean mayHaveNaN = form.isFloating() && statistics.nanCount() != 0;
        if (isOrdered && statistics.least().isPresent() && statistics.greatest().isPresent()) {
            return new Range(
                    bound(form, statistics.least().get()),
                    bound(form, statistics.greatest().get()),
                    statistics.nullCount(),
                    mayHaveNaN);
        }
        if (isSigned(form) && statistics.oldLeast().isPresent() && statistics.oldGreatest().isPresent()) {
            return new Range(
                    bound(form, statistics.oldLeast().get()),
                    bound(form, statistics.oldGreatest().get()),
                    statistics.nullCount(),
                    mayHaveNaN);
        }
        return new Range(UNKNOWN, UNKNOWN, statistics.nullCount(), mayHaveNaN);
    }

    /// What the bounds of a page say.
    static Range ofPage(StoredForm form, byte[] least, byte[] greatest, long nullCount, boolean mayHaveNaN) {
        return new Range(bound(form, least), bound(form, greatest), nullCount, form.isFloating() && mayHaveNaN);
    }

    /// Whether the bounds of old files, which compare everything as signed, are right.
    private static boolean isSigned(StoredForm form) {
        return switch (form.kind()) {
            case BIT, INT32, WIDENED, MILLIS32, INT64, SECONDS, MILLIS, NANOS, FLOAT, DOUBLE -> true;
            case UINT32, UINT64, INT96, FLOAT16, FIXED_BIG_ENDIAN, BIG_ENDIAN, TEXT, FIXED_BYTES, BYTES -> false;
        };
    }

    /// A bound in our values. The conversions are monotonous, so that a bound stays one.
    private static Optional<Comparable<?>> bound(StoredForm form, byte[] bytes) {
        if (form.kind() == StoredKind.TEXT) {
            return text(bytes);
        }
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != Math.max(1, form.width())) {
            return UNKNOWN;
        }
        return switch (form.kind()) {
            case BIT -> Optional.of((long) value.get(0));
            case INT32, WIDENED -> Optional.of((long) value.getInt(0));
            case UINT32 -> Optional.of(Integer.toUnsignedLong(value.getInt(0)));
            case MILLIS32 -> Optional.of(value.getInt(0) * 1000L);
            case UINT64 -> value.getLong(0) < 0 ? UNKNOWN : Optional.of(value.getLong(0));
            case INT64 -> Optional.of(value.getLong(0));
            case SECONDS -> scaled(value.getLong(0), 1_000_000);
            case MILLIS -> scaled(value.getLong(0), 1000);
            case NANOS -> Optional.of(Math.floorDiv(value.getLong(0), 1000));
            case FLOAT16 -> number(Float.float16ToFloat(value.getShort(0)));
            case FLOAT -> number(value.getFloat(0));
            case DOUBLE -> number(value.getDouble(0));
            case FIXED_BIG_ENDIAN -> decimal(new BigInteger(bytes));
            case INT96, BIG_ENDIAN, TEXT, FIXED_BYTES, BYTES -> UNKNOWN;
        };
    }

    /// Unknown where it is no decimal of ours. The bounds of decimals that come with their lengths are unknown anyway: some writers
    /// compare them as texts.
    private static Optional<Comparable<?>> decimal(BigInteger value) {
        return value.bitLength() < 64 ? Optional.of(value.longValue()) : UNKNOWN;
    }

    /// Unknown where it does not fit as microseconds.
    private static Optional<Comparable<?>> scaled(long time, long factor) {
        long micros = time * factor;
        return Math.multiplyHigh(time, factor) == micros >> 63 ? Optional.of(micros) : UNKNOWN;
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
