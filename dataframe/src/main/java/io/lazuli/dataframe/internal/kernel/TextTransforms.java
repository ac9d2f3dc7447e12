package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Functions from texts to texts of other bytes.
public final class TextTransforms {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private TextTransforms() {}

    /// Upper case of all letters, as the root locale has it.
    public static Column upper(Column text, Scratch scratch) {
        return changeCase(text, 'a', string -> string.toUpperCase(Locale.ROOT), scratch);
    }

    /// Lower case of all letters, as the root locale has it.
    public static Column lower(Column text, Scratch scratch) {
        return changeCase(text, 'A', string -> string.toLowerCase(Locale.ROOT), scratch);
    }

    /// ASCII letters lie 26 from `first` and change by one bit, eight bytes at a time; only other texts become strings.
    private static Column changeCase(Column text, int first, UnaryOperator<String> full, Scratch scratch) {
        TextWriter writer = new TextWriter(text.length(), scratch);
        for (int row = 0; row < text.length(); row++) {
            int length = Views.length(text.values(), row);
            long head = Views.head(text.values(), row);
            long tail = Views.tail(text.values(), row);
            if (text.isNull(row)) {
                writer.setEmpty(row);
            } else if (length <= Views.INLINE && ((head >>> 32 | tail) & HIGH_BITS) == 0) {
                writer.setView(row, length | flipCase(head >>> 32, first) << 32, flipCase(tail, first));
            } else if (length <= Views.INLINE
                    || !flipCase(text.data(), Views.offset(tail), length, first, writer, row)) {
                writer.set(row, full.apply(text.stringAt(row)));
            }
        }
        return writer.finish(text.length(), text.validity());
    }

    /// Flips the case bit of those of eight ASCII bytes that are among the 26 letters from `first`.
    private static long flipCase(long bytes, int first) {
        long atLeastFirst = bytes + (0x80 - first) * ONES;
        long aboveLast = bytes + (0x80 - first - 26) * ONES;
        return bytes ^ (atLeastFirst & ~aboveLast & HIGH_BITS) >>> 2;
    }

    /// Writes a long ASCII text with changed case; false, and nothing is set, if it is not ASCII.
    private static boolean flipCase(MemorySegment bytes, long start, int length, int first, TextWriter writer,
            int row) {
        long to = writer.reserve(length);
        long seen = 0;
        for (int done = 0; done < length; done += 8) {
            // the last eight bytes overlap those before, which are written twice
            int at = Math.min(done, length - 8);
            long eight = bytes.get(Layouts.LONG, start + at);
            seen |= eight;
            writer.data().set(Layouts.LONG, to + at, flipCase(eight & ~HIGH_BITS, first));
        }
        if ((seen & HIGH_BITS) != 0) {
            return false;
        }
        writer.setReference(row, to, length);
        return true;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    /// Left and right one after the other.
    public static Column concat(Column left, Column right, Scratch scratch) {
        MemorySegment validity = Validity.both(left, right, scratch);
        TextWriter writer = new TextWriter(left.length(), scratch);
        for (int row = 0; row < left.length(); row++) {
            if (left.isNull(row) || right.isNull(row)) {
                writer.setEmpty(row);
            } else {
                writer.setJoined(
                        row,
                        Views.bytes(left.values(), row, left.data()),
                        Views.start(left.values(), row),
                        Views.length(left.values(), row),
                        Views.bytes(right.values(), row, right.data()),
                        Views.start(right.values(), row),
                        Views.length(right.values(), row));
            }
        }
        return writer.finish(left.length(), validity);
    }
}
