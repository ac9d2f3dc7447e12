package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.internal.text.Dates;
import io.lazuli.dataframe.internal.text.FieldValues;
import io.lazuli.dataframe.internal.text.Fields;
import io.lazuli.dataframe.internal.text.Numbers;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Guesses the type of a column from its texts: the narrowest that holds all of them. A column without any text is
/// UTF8.
///
/// ```
///   BOOL ─────────────────────▶ UTF8
///   INT ──▶ LONG ──▶ FLOAT64 ─▶ UTF8
///   DATE ──▶ TIMESTAMP ───────▶ UTF8
/// ```
final class TypeGuess {
    private static final List<DataType> NARROWEST_FIRST = List.of(
            DataType.BOOL, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.DATE, DataType.TIMESTAMP,
            DataType.UTF8);

    private final byte decimal;
    /// Holds all texts so far; null before the first.
    private @Nullable DataType type;
    /// Rows seen, and the bytes of long texts among them.
    private long rowCount;
    private long longBytes;

    /// @param decimal the sign between whole and fraction of numbers
    TypeGuess(byte decimal) {
        this.decimal = decimal;
    }

    void add(MemorySegment bytes, long[] fields, int base, int rows) {
        rowCount += rows;
        for (int i = base; i < base + rows; i++) {
            int length = Fields.length(fields[i]);
            if (length > 0) {
                longBytes += length > Views.INLINE ? length : 0;
                widen(bytes, Fields.start(fields[i]), length);
            }
        }
    }

    private void widen(MemorySegment bytes, int start, int length) {
        if (type == null) {
            type = NARROWEST_FIRST.stream()
                    .filter(candidate -> holds(candidate, bytes, start, length))
                    .findFirst()
                    .orElseThrow();
        }
        while (!holds(type, bytes, start, length)) {
            type = wider(type);
        }
    }

    DataType type() {
        return type == null ? DataType.UTF8 : type;
    }

    /// Average bytes of the long texts, per row.
    int longBytesPerRow() {
        return rowCount == 0 ? 0 : Math.toIntExact(longBytes / rowCount);
    }

    private static DataType wider(DataType type) {
        return switch (type) {
            case DataType.Simple.INT -> DataType.LONG;
            case DataType.Simple.LONG -> DataType.FLOAT64;
            case DataType.Simple.DATE -> DataType.TIMESTAMP;
            case DataType.Simple.BOOL, DataType.Simple.FLOAT64, DataType.Simple.TIMESTAMP, DataType.Simple.UTF8,
                    DataType.Simple.DURATION, DataType.Simple.BINARY ->
                DataType.UTF8;
            case DataType.Decimal ignored -> DataType.UTF8;
        };
    }

    private boolean holds(DataType type, MemorySegment bytes, int start, int length) {
        return switch (type) {
            case DataType.Simple.BOOL -> FieldValues.bool(bytes, start, length) >= 0;
            case DataType.Simple.INT -> isInteger(bytes, start, length, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DataType.Simple.LONG -> isInteger(bytes, start, length, Long.MIN_VALUE, Long.MAX_VALUE);
            case DataType.Simple.FLOAT64 -> isDecimalOfFile(bytes, start, length);
            case DataType.Simple.DATE -> Dates.days(bytes, start, length) != Dates.INVALID;
            case DataType.Simple.TIMESTAMP -> Dates.micros(bytes, start, length) != Dates.INVALID;
            case DataType.Simple.UTF8, DataType.Simple.BINARY -> true;
            case DataType.Simple.DURATION -> false;
            case DataType.Decimal ignored -> false;
        };
    }

    private static boolean isInteger(MemorySegment bytes, int start, int length, long least, long greatest) {
        long value = Numbers.common(bytes, start, length);
        try {
            value = value == Numbers.UNCOMMON ? Numbers.integer(bytes, start, length) : value;
        } catch (NumberFormatException e) {
            return false;
        }
        return value >= least && value <= greatest;
    }

    private boolean isDecimalOfFile(MemorySegment bytes, int start, int length) {
        if (decimal == '.') {
            return isDecimal(bytes, start, length);
        }
        long[] field = {(long) start << 32 | start + length};
        Quotes.swap(bytes, field, 0, 1, decimal, (byte) '.');
        boolean isDecimal = isDecimal(bytes, start, length);
        Quotes.swap(bytes, field, 0, 1, decimal, (byte) '.');
        return isDecimal;
    }

    /// Integers beyond 64 bits are no decimals: they are names rather than quantities, and would lose digits.
    private static boolean isDecimal(MemorySegment bytes, int start, int length) {
        if (!Double.isNaN(Numbers.commonDecimal(bytes, start, length))) {
            return true;
        }
        try {
            Numbers.decimal(bytes, start, length);
        } catch (NumberFormatException e) {
            return false;
        }
        String text = Numbers.string(bytes, start, length).strip();
        return !text.chars().allMatch(Character::isDigit)
                || isInteger(bytes, start, length, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
