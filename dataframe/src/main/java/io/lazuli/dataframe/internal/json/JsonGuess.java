package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.text.Numbers;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// Guesses the type of a key from its values: BOOL; INT, LONG or FLOAT64, the narrowest that holds all numbers; UTF8 for
/// texts, and for values of several kinds. Where there are numbers, the texts `NaN` and the like are numbers too.
final class JsonGuess {
    private static final Set<String> NUMBERS = Set.of("NaN", "Infinity", "-Infinity");
    private static final int LONGEST_NAME = 9;

    private boolean hasBooleans;
    private boolean hasTexts;
    private boolean hasNamedNumbers;
    private boolean hasNumbers;
    private boolean isNested;
    private DataType number = DataType.INT;
    private long longBytes;

    void add(MemorySegment bytes, JsonCursor cursor) {
        int length = (int) (cursor.end() - cursor.start());
        switch (cursor.kind()) {
            case NULL -> {
                // tells nothing
            }
            case BOOL -> hasBooleans = true;
            case NUMBER -> {
                hasNumbers = true;
                widen(bytes, cursor.start(), length);
            }
            case TEXT -> {
                boolean isNumber = length <= LONGEST_NAME
                        && NUMBERS.contains(Numbers.string(bytes, cursor.start(), length));
                hasNamedNumbers |= isNumber;
                hasTexts |= !isNumber;
                longBytes += length > Views.INLINE ? length : 0;
            }
            case NESTED -> isNested = true;
        }
    }

    private void widen(MemorySegment bytes, long start, int length) {
        try {
            long value = Numbers.common(bytes, start, length);
            value = value == Numbers.UNCOMMON ? Numbers.integer(bytes, start, length) : value;
            number = number == DataType.INT && (int) value != value ? DataType.LONG : number;
        } catch (NumberFormatException e) {
            number = DataType.FLOAT64;
        }
    }

    boolean isNested() {
        return isNested;
    }

    DataType type() {
        if (hasTexts || hasBooleans && (hasNumbers || hasNamedNumbers) || hasNamedNumbers && !hasNumbers) {
            return DataType.UTF8;
        }
        if (hasBooleans) {
            return DataType.BOOL;
        }
        if (hasNamedNumbers) {
            return DataType.FLOAT64;
        }
        return hasNumbers ? number : DataType.UTF8;
    }

    /// Bytes of all long texts.
    long longBytes() {
        return longBytes;
    }
}
