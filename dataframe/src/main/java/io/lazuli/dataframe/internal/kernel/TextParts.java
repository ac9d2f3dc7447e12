package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;

/// Functions that give a part of a text. What they give refers to the bytes of the original: nothing but views is written.
public final class TextParts {
    private TextParts() {}

    /// Without the characters of a set at one end or at both.
    public static Column trim(Column text, CharacterSet characters, boolean atStart, boolean atEnd, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                Views.set(views, row, 0, 0);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long start = Views.start(text.values(), row);
            long end = start + Views.length(text.values(), row);
            long from = atStart ? characters.skip(bytes, start, end) : start;
            long to = atEnd ? characters.skipBack(bytes, from, end) : end;
            setPart(views, row, bytes, from, (int) (to - from));
        }
        return parts(text, text.validity(), views);
    }

    /// `length` code points from the `start`-th, or as many as there are.
    public static Column substring(Column text, int start, int length, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                Views.set(views, row, 0, 0);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long first = Views.start(text.values(), row);
            long end = first + Views.length(text.values(), row);
            long from = Utf8.skip(bytes, first, end, start);
            long to = Utf8.skip(bytes, from, end, length);
            setPart(views, row, bytes, from, (int) (to - from));
        }
        return parts(text, text.validity(), views);
    }

    /// The code points from the `start`-th to before the `end`-th; negative positions count from the end of the text.
    public static Column slice(Column text, int start, int end, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                Views.set(views, row, 0, 0);
                continue;
            }
            MemorySegment bytes = Views.bytes(text.values(), row, text.data());
            long first = Views.start(text.values(), row);
            long last = first + Views.length(text.values(), row);
            long from = position(bytes, first, last, start);
            long to = position(bytes, first, last, end);
            setPart(views, row, bytes, from, (int) Math.max(0, to - from));
        }
        return parts(text, text.validity(), views);
    }

    private static long position(MemorySegment bytes, long first, long last, int position) {
        return position >= 0
                ? Utf8.skip(bytes, first, last, position)
                : Utf8.skipBack(bytes, first, last, position == Integer.MIN_VALUE ? Integer.MAX_VALUE : -position);
    }

    /// Without a prefix, where the text has it.
    ///
    /// @param prefix a column of one row
    public static Column removePrefix(Column text, Column prefix, Scratch scratch) {
        int removed = Views.length(prefix.values(), 0);
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                Views.set(views, row, 0, 0);
                continue;
            }
            int skipped = TextKernels.startsWith(text, row, prefix, 0) ? removed : 0;
            setPart(views, row, Views.bytes(text.values(), row, text.data()),
                    Views.start(text.values(), row) + skipped, Views.length(text.values(), row) - skipped);
        }
        return parts(text, text.validity(), views);
    }

    /// Without a suffix, where the text has it.
    ///
    /// @param suffix a column of one row
    public static Column removeSuffix(Column text, Column suffix, Scratch scratch) {
        int removed = Views.length(suffix.values(), 0);
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        for (int row = 0; row < text.length(); row++) {
            if (text.isNull(row)) {
                Views.set(views, row, 0, 0);
                continue;
            }
            int left = Views.length(text.values(), row) - (TextKernels.endsWith(text, row, suffix, 0) ? removed : 0);
            setPart(views, row, Views.bytes(text.values(), row, text.data()), Views.start(text.values(), row), left);
        }
        return parts(text, text.validity(), views);
    }

    /// The part between two separators, by its index from 0, or from -1 backwards; null where there are fewer.
    ///
    /// @param separator a column of one row, not empty
    public static Column splitPart(Column text, Column separator, int index, Scratch scratch) {
        MemorySegment views = scratch.values(Kind.UTF8, text.length());
        MemorySegment validity = scratch.bits(text.length());
        for (int row = 0; row < text.length(); row++) {
            boolean isThere = !text.isNull(row) && setSplitPart(text, row, separator, index, views);
            Bits.set(validity, row, isThere);
            if (!isThere) {
                Views.set(views, row, 0, 0);
            }
        }
        return parts(text, validity, views);
    }

    private static boolean setSplitPart(Column text, int row, Column separator, int index, MemorySegment views) {
        MemorySegment bytes = Views.bytes(text.values(), row, text.data());
        long start = Views.start(text.values(), row);
        long end = start + Views.length(text.values(), row);
        int length = Views.length(separator.values(), 0);
        int skipped = index >= 0 ? index : separatorCount(bytes, start, end, separator) + 1 + index;
        long from = start;
        for (int i = 0; i < skipped; i++) {
            long found = TextSearch.find(bytes, from, end, separator, 0);
            if (found < 0) {
                return false;
            }
            from = found + length;
        }
        if (skipped >= 0) {
            long to = TextSearch.find(bytes, from, end, separator, 0);
            setPart(views, row, bytes, from, (int) ((to < 0 ? end : to) - from));
        }
        return skipped >= 0;
    }

    private static int separatorCount(MemorySegment bytes, long start, long end, Column separator) {
        int length = Views.length(separator.values(), 0);
        int count = 0;
        long at = TextSearch.find(bytes, start, end, separator, 0);
        for (; at >= 0; at = TextSearch.find(bytes, at + length, end, separator, 0)) {
            count++;
        }
        return count;
    }

    private static Column parts(Column text, MemorySegment validity, MemorySegment views) {
        return new Column(DataType.UTF8, text.length(), validity, views, text.data());
    }

    /// A part of a text: a long one can only be part of a long one, whose bytes are in the column's data.
    private static void setPart(MemorySegment views, int row, MemorySegment bytes, long start, int length) {
        if (length <= Views.INLINE) {
            Views.setInline(views, row, bytes, start, length);
        } else {
            Views.setReference(views, row, bytes, start, length);
        }
    }
}
