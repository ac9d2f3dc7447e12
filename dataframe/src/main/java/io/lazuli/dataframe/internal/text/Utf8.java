package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Checks texts. Source: The Unicode Standard, table 3-7 "Well-Formed UTF-8 Byte Sequences".
public final class Utf8 {
    private Utf8() {}

    /// The first byte from `start` that cannot stand there, or -1. Up to seven bytes beyond the text are loaded.
    public static long firstBad(MemorySegment bytes, long start, int length) {
        long end = start + length;
        long at = start;
        while (at < end) {
            if (end - at >= 8 && (bytes.get(Layouts.LONG, at) & Swar.HIGH_BITS) == 0) {
                at += 8;
                continue;
            }
            int size = size(bytes, at, end);
            if (size == 0) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /// Whether no byte from `start` to before `end` is above 127. Up to seven bytes beyond are loaded.
    public static boolean isAscii(MemorySegment bytes, long start, long end) {
        long all = 0;
        long at = start;
        for (; at + 8 <= end; at += 8) {
            all |= bytes.get(Layouts.LONG, at);
        }
        if (at < end) {
            all |= bytes.get(Layouts.LONG, at) & -1L >>> 64 - 8 * (end - at);
        }
        return (all & Swar.HIGH_BITS) == 0;
    }

    /// Checks the texts of some rows of a decoder. Errors: IllegalStateException if one is not well-formed.
    public static void check(MemorySegment views, long row, int count, MemorySegment data) {
        for (long r = row; r < row + count; r++) {
            check(views, r, data);
        }
    }

    /// As above, of one row.
    public static void check(MemorySegment views, long row, MemorySegment data) {
        int length = Views.length(views, row);
        boolean isInline = length <= Views.INLINE;
        MemorySegment bytes = isInline ? views : data;
        long start = isInline ? row * Views.WIDTH + 4 : Views.offset(Views.tail(views, row));
        long bad = firstBad(bytes, start, length);
        if (bad >= 0) {
            throw new IllegalStateException(
                    FileErrors.badUtf8(bytes.get(Layouts.BYTE, bad), bad - start, length));
        }
    }

    /// Bytes of the character at `at`; 0 if there is none.
    private static int size(MemorySegment bytes, long at, long end) {
        int first = bytes.get(Layouts.BYTE, at) & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (first < 0xC2 || first > 0xF4 || end - at < size) {
            return 0;
        }
        int second = bytes.get(Layouts.BYTE, at + 1) & 0xFF;
        int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        boolean isGood = second >= least && second <= most;
        for (int i = 2; i < size; i++) {
            isGood &= (bytes.get(Layouts.BYTE, at + i) & 0xC0) == 0x80;
        }
        return isGood ? size : 0;
    }
}
