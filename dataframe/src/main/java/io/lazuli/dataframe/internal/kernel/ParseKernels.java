package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
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
        return parse(text, reading(type), Kind.of(type), result, parsed);
    }

    /// How one text is read, which costs many times what calling it does.
    @FunctionalInterface
    private interface Reading {
        boolean read(TextParser parser);
    }

    private static Reading reading(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> TextParser::parseBoolean;
            case DataType.Simple.INT -> TextParser::parseInt;
            case DataType.Simple.LONG -> TextParser::parseLong;
            case DataType.Simple.FLOAT64 -> TextParser::parseDouble;
            case DataType.Simple.DATE -> TextParser::parseDays;
            case DataType.Simple.TIMESTAMP -> TextParser::parseTimestamp;
            case DataType.Simple.DURATION -> TextParser::parseDuration;
            case DataType.Decimal(int precision, int scale) -> parser -> parser.parseDecimal(precision, scale);
            case DataType.Simple.UTF8, DataType.Simple.BINARY ->
                throw new IllegalArgumentException("a text is not parsed to " + type);
        };
    }

    private static int parse(Column text, Reading reading, Kind kind, MemorySegment result, MemorySegment parsed) {
        TextParser parser = new TextParser();
        int failed = -1;
        for (int row = 0; row < text.length(); row++) {
            boolean isNull = text.isNull(row);
            boolean isRead = !isNull && reading.read(point(parser, text, row));
            if (!isRead && !isNull) {
                failed = failed < 0 ? row : failed;
                if (refuses(parsed, row)) {
                    return failed;
                }
            }
            write(isRead, parser, kind, result, row);
        }
        return failed;
    }

    private static void write(boolean isRead, TextParser parser, Kind kind, MemorySegment result, int row) {
        switch (kind) {
            case BOOL -> Bits.set(result, row, isRead && parser.longValue() != 0);
            case INT -> result.set(Layouts.INT, row * 4L, isRead ? (int) parser.longValue() : 0);
            case LONG -> result.set(Layouts.LONG, row * 8L, isRead ? parser.longValue() : 0);
            case DOUBLE -> result.set(Layouts.DOUBLE, row * 8L, isRead ? parser.doubleValue() : 0);
            case UTF8 -> throw new IllegalArgumentException("a text is not parsed to a text");
        }
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
