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
    ///
    /// @param parsed loses the bits of rows that are not a `type`; if it is [Column#NO_NULLS], the first ends the work
    public static int parse(Column text, DataType type, MemorySegment result, MemorySegment parsed) {
        return switch (type) {
            case DataType.Simple.BOOL -> parseBooleans(text, result, parsed);
            case DataType.Simple.INT -> parseInts(text, result, parsed);
            case DataType.Simple.LONG -> parseLongs(text, result, parsed);
            case DataType.Simple.FLOAT64 -> parseDoubles(text, result, parsed);
            case DataType.Simple.DATE -> parseDates(text, result, parsed);
            case DataType.Simple.TIMESTAMP -> parseTimestamps(text, result, parsed);
            case DataType.Simple.DURATION -> parseDurations(text, result, parsed);
            case DataType.Decimal(int precision, int scale) -> parseDecimals(text, precision, scale, result, parsed);
            case DataType.Simple.UTF8, DataType.Simple.BINARY ->
                throw new IllegalArgumentException("a text is not parsed to " + type);
        };
    }

    private static int parseBooleans(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseBoolean();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            Bits.set(result, row, isRead && parser.longValue() != 0);
        }
        return failed;
    }

    private static int parseInts(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseInt();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.INT, row * 4L, isRead ? (int) parser.longValue() : 0);
        }
        return failed;
    }

    private static int parseLongs(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseLong();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.LONG, row * 8L, isRead ? parser.longValue() : 0);
        }
        return failed;
    }

    private static int parseDoubles(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseDouble();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.DOUBLE, row * 8L, isRead ? parser.doubleValue() : 0);
        }
        return failed;
    }

    private static int parseDates(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseDays();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.INT, row * 4L, isRead ? (int) parser.longValue() : 0);
        }
        return failed;
    }

    private static int parseTimestamps(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseTimestamp();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.LONG, row * 8L, isRead ? parser.longValue() : 0);
        }
        return failed;
    }

    private static int parseDurations(Column text, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseDuration();
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.LONG, row * 8L, isRead ? parser.longValue() : 0);
        }
        return failed;
    }

    private static int parseDecimals(
            Column text, int precision, int scale, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isRead = !text.isNull(row) && point(parser, text, row).parseDecimal(precision, scale);
            if (!isRead && !text.isNull(row)) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            result.set(Layouts.LONG, row * 8L, isRead ? parser.longValue() : 0);
        }
        return failed;
    }

    /// Takes note of a row that cannot be read; true if that ends the work.
    private static boolean refuses(MemorySegment parsed, int row) {
        if (parsed == Column.NO_NULLS) {
            return true;
        }
        Bits.set(parsed, row, false);
        return false;
    }

    private static TextParser point(TextParser parser, Column text, int row) {
        parser.point(
                Views.bytes(text.values(), row, text.data()),
                Views.start(text.values(), row),
                Views.length(text.values(), row));
        return parser;
    }
}
