package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.kernel.TextParser;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Turns the fields of a column into values: one loop for each type, over the rows from `from`. Each returns the first row
/// whose text is not a value, or [#ALL_VALID]. Empty fields become zero.
public final class FieldValues {
    public static final int ALL_VALID = -1;

    private FieldValues() {}

    public static int convert(DataType type, MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        return switch (type) {
            case DataType.Simple.BOOL -> booleans(bytes, fields, base, from, rows, values);
            case DataType.Simple.INT -> ints(bytes, fields, base, from, rows, values);
            case DataType.Simple.LONG -> longs(bytes, fields, base, from, rows, values);
            case DataType.Simple.FLOAT64 -> doubles(bytes, fields, base, from, rows, values);
            case DataType.Simple.UTF8 -> texts(bytes, fields, base, from, rows, values);
            case DataType.Simple.DATE -> dates(bytes, fields, base, from, rows, values);
            case DataType.Simple.TIMESTAMP -> timestamps(bytes, fields, base, from, rows, values);
            case DataType.Simple.DURATION -> durations(bytes, fields, base, from, rows, values);
            case DataType.Decimal(int precision, int scale) ->
                decimals(precision, scale, bytes, fields, base, from, rows, values);
            case DataType.Simple.BINARY ->
                throw new IllegalArgumentException("no column of a text is declared " + type);
        };
    }

    private static int texts(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            if (length == 0) {
                Views.set(values, row, 0, 0);
            } else {
                Views.setPadded(values, row, bytes, Fields.start(field), length);
            }
        }
        return ALL_VALID;
    }

    private static int ints(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            long value = length == 0 ? 0 : Numbers.common(bytes, Fields.start(field), length);
            if ((int) value != value) {
                value = uncommonInteger(bytes, Fields.start(field), length);
                if ((int) value != value) {
                    return row;
                }
            }
            values.set(Layouts.INT, row * 4L, (int) value);
        }
        return ALL_VALID;
    }

    /// [Long#MIN_VALUE] both for itself and for what is no integer; [#longs] tells them apart.
    private static long uncommonInteger(MemorySegment bytes, long start, int length) {
        try {
            return Numbers.integer(bytes, start, length);
        } catch (NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    private static int longs(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            long value = length == 0 ? 0 : Numbers.common(bytes, Fields.start(field), length);
            if (value == Numbers.UNCOMMON) {
                value = uncommonInteger(bytes, Fields.start(field), length);
                if (value == Long.MIN_VALUE && !isLeastLong(bytes, Fields.start(field), length)) {
                    return row;
                }
            }
            values.set(Layouts.LONG, row * 8L, value);
        }
        return ALL_VALID;
    }

    private static boolean isLeastLong(MemorySegment bytes, long start, int length) {
        return length < 100 && Numbers.string(bytes, start, length).strip().equals(Long.toString(Long.MIN_VALUE));
    }

    private static int doubles(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            double value = length == 0 ? 0 : Numbers.commonDecimal(bytes, Fields.start(field), length);
            if (value != value) {
                try {
                    value = Numbers.decimal(bytes, Fields.start(field), length);
                } catch (NumberFormatException e) {
                    return row;
                }
            }
            values.set(Layouts.DOUBLE, row * 8L, value);
        }
        return ALL_VALID;
    }

    private static int decimals(int precision, int scale, MemorySegment bytes, long[] fields, int base, int from,
            int rows, MemorySegment values) {
        TextParser parser = new TextParser();
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            if (length == 0) {
                values.set(Layouts.LONG, row * 8L, 0);
                continue;
            }
            parser.point(bytes, Fields.start(field), length);
            if (!parser.parseDecimal(precision, scale)) {
                return row;
            }
            values.set(Layouts.LONG, row * 8L, parser.longValue());
        }
        return ALL_VALID;
    }

    private static int durations(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        TextParser parser = new TextParser();
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            if (length == 0) {
                values.set(Layouts.LONG, row * 8L, 0);
                continue;
            }
            parser.point(bytes, Fields.start(field), length);
            if (!parser.parseDuration()) {
                return row;
            }
            values.set(Layouts.LONG, row * 8L, parser.longValue());
        }
        return ALL_VALID;
    }

    private static int dates(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            long value = length == 0 ? 0 : Dates.days(bytes, Fields.start(field), length);
            if (value == Dates.INVALID) {
                return row;
            }
            values.set(Layouts.INT, row * 4L, (int) value);
        }
        return ALL_VALID;
    }

    private static int timestamps(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            long value = length == 0 ? 0 : Dates.micros(bytes, Fields.start(field), length);
            if (value == Dates.INVALID) {
                return row;
            }
            values.set(Layouts.LONG, row * 8L, value);
        }
        return ALL_VALID;
    }

    private static int booleans(MemorySegment bytes, long[] fields, int base, int from, int rows,
            MemorySegment values) {
        for (int row = from; row < rows; row++) {
            long field = fields[base + row];
            int length = Fields.length(field);
            int value = length == 0 ? 0 : bool(bytes, Fields.start(field), length);
            if (value < 0) {
                return row;
            }
            Bits.set(values, row, value != 0);
        }
        return ALL_VALID;
    }

    /// 1 for true and 0 for false in any case, -1 for anything else.
    public static int bool(MemorySegment bytes, long start, int length) {
        // Setting bit 5 makes ASCII letters small.
        int head = length < 4 ? 0 : bytes.get(Layouts.INT, start) | 0x20202020;
        if (length == 4 && head == ('t' | 'r' << 8 | 'u' << 16 | 'e' << 24)) {
            return 1;
        }
        boolean isFalse = length == 5
                && head == ('f' | 'a' << 8 | 'l' << 16 | 's' << 24)
                && (bytes.get(Layouts.BYTE, start + 4) | 0x20) == 'e';
        return isFalse ? 0 : -1;
    }
}
