package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Texts as values of another type, in the forms that [TextParser] accepts, with white space around them.
public final class ParseKernels {
    private ParseKernels() {}

    /// Parses the rows that are not null into `result`; the others become 0. Returns the first row that is not a `type`, or -1.
    public static int parse(Column text, DataType type, MemorySegment result) {
        return switch (type) {
            case DataType.Simple.BOOL -> parseBooleans(text, result);
            case DataType.Simple.INT -> parseInts(text, result);
            case DataType.Simple.LONG -> parseLongs(text, result);
            case DataType.Simple.FLOAT64 -> parseDoubles(text, result);
            case DataType.Simple.DATE -> parseDates(text, result);
            case DataType.Simple.TIMESTAMP -> parseTimestamps(text, result);
            case DataType.Simple.UTF8 -> throw new IllegalArgumentException("a text is not parsed to a text");
        };
    }

    private static int parseBooleans(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            if (!text.isNull(row) && !point(parser, text, row).parseBoolean()) {
                return row;
            }
            Bits.set(result, row, !text.isNull(row) && parser.longValue() != 0);
        }
        return -1;
    }

    private static int parseInts(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            boolean present = !text.isNull(row);
            if (present && !(point(parser, text, row).parseLong() && parser.longValue() == (int) parser.longValue())) {
                return row;
            }
            result.set(Layouts.INT, row * 4L, present ? (int) parser.longValue() : 0);
        }
        return -1;
    }

    private static int parseLongs(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            boolean present = !text.isNull(row);
            if (present && !point(parser, text, row).parseLong()) {
                return row;
            }
            result.set(Layouts.LONG, row * 8L, present ? parser.longValue() : 0);
        }
        return -1;
    }

    private static int parseDoubles(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            boolean present = !text.isNull(row);
            if (present && !point(parser, text, row).parseDouble()) {
                return row;
            }
            result.set(Layouts.DOUBLE, row * 8L, present ? parser.doubleValue() : 0);
        }
        return -1;
    }

    private static int parseDates(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            boolean present = !text.isNull(row);
            if (present && !(point(parser, text, row).parseDate() && parser.longValue() == (int) parser.longValue())) {
                return row;
            }
            result.set(Layouts.INT, row * 4L, present ? (int) parser.longValue() : 0);
        }
        return -1;
    }

    private static int parseTimestamps(Column text, MemorySegment result) {
        TextParser parser = new TextParser();
        for (int row = 0; row < text.length(); row++) {
            boolean present = !text.isNull(row);
            if (present && !point(parser, text, row).parseTimestamp()) {
                return row;
            }
            result.set(Layouts.LONG, row * 8L, present ? parser.longValue() : 0);
        }
        return -1;
    }

    private static TextParser point(TextParser parser, Column text, int row) {
        parser.point(
                Views.bytes(text.values(), row, text.data()),
                Views.start(text.values(), row),
                Views.length(text.values(), row));
        return parser;
    }
}
