package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Looks for one text in another. The part is a column (`step` 1) or its single row 0 (`step` 0).
///
/// Since UTF-8 is self-synchronising, bytes that are found are code points that are found.
public final class TextSearch {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private TextSearch() {}

    /// In how many code points the part occurs first, -1 if it does not; an empty part occurs at 0.
    public static void find(Column text, Column part, int step, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            result.set(Layouts.INT, row * 4L, find(text, row, part, row * step));
        }
    }

    private static int find(Column text, int i, Column part, int j) {
        if (text.isNull(i) || part.isNull(j)) {
            return -1;
        }
        MemorySegment bytes = Views.bytes(text.values(), i, text.data());
        long start = Views.start(text.values(), i);
        long at = find(bytes, start, start + Views.length(text.values(), i), part, j);
        return at < 0 ? -1 : Utf8.count(bytes, start, at);
    }

    /// As [#find(Column, Column, int, MemorySegment)], of the last occurrence; an empty part occurs at the end.
    public static void findLast(Column text, Column part, int step, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            result.set(Layouts.INT, row * 4L, findLast(text, row, part, row * step));
        }
    }

    private static int findLast(Column text, int i, Column part, int j) {
        if (text.isNull(i) || part.isNull(j)) {
            return -1;
        }
        MemorySegment bytes = Views.bytes(text.values(), i, text.data());
        long start = Views.start(text.values(), i);
        int length = Views.length(part.values(), j);
        MemorySegment partBytes = Views.bytes(part.values(), j, part.data());
        long partStart = Views.start(part.values(), j);
        for (long at = start + Views.length(text.values(), i) - length; at >= start; at--) {
            if (Views.same(bytes, at, partBytes, partStart, length)) {
                return Utf8.count(bytes, start, at);
            }
        }
        return -1;
    }

    /// How often the part occurs without overlap; an empty part once before each code point and once at the end.
    public static void count(Column text, Column part, int step, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            result.set(Layouts.INT, row * 4L, count(text, row, part, row * step));
        }
    }

    private static int count(Column text, int i, Column part, int j) {
        if (text.isNull(i) || part.isNull(j)) {
            return 0;
        }
        MemorySegment bytes = Views.bytes(text.values(), i, text.data());
        long start = Views.start(text.values(), i);
        long end = start + Views.length(text.values(), i);
        int length = Views.length(part.values(), j);
        if (length == 0) {
            return Utf8.count(bytes, start, end) + 1;
        }
        int count = 0;
        for (long at = find(bytes, start, end, part, j); at >= 0; at = find(bytes, at + length, end, part, j)) {
            count++;
        }
        return count;
    }

    /// Where the part at row `j` first stands in the bytes from `start` to `end`, or -1.
    static long find(MemorySegment bytes, long start, long end, Column part, int j) {
        int length = Views.length(part.values(), j);
        if (length == 0) {
            return start;
        }
        MemorySegment partBytes = Views.bytes(part.values(), j, part.data());
        long partStart = Views.start(part.values(), j);
        long last = end - length;
        long pattern = (partBytes.get(Layouts.BYTE, partStart) & 0xFF) * ONES;
        for (long at = start; at <= last; at += 8) {
            for (long found = matches(bytes, at, pattern); found != 0; found &= found - 1) {
                long candidate = at + (Long.numberOfTrailingZeros(found) >>> 3);
                if (candidate <= last && Views.same(bytes, candidate, partBytes, partStart, length)) {
                    return candidate;
                }
            }
        }
        return -1;
    }

    /// The high bits of those of eight bytes that equal `pattern`'s, and perhaps of some behind the first of them. At the end
    /// of memory, bytes beyond count as 0.
    ///
    /// Source: "Determine if a word has a zero byte", https://graphics.stanford.edu/~seander/bithacks.html.
    private static long matches(MemorySegment bytes, long at, long pattern) {
        long difference = pattern ^ (at + 8 <= bytes.byteSize() ? bytes.get(Layouts.LONG, at) : lastBytes(bytes, at));
        return difference - ONES & ~difference & HIGH_BITS;
    }

    private static long lastBytes(MemorySegment bytes, long at) {
        long word = 0;
        for (long i = bytes.byteSize() - 1; i >= at; i--) {
            word = word << 8 | bytes.get(Layouts.BYTE, i) & 0xFF;
        }
        return word;
    }
}
