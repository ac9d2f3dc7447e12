package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import java.lang.foreign.MemorySegment;

/// Loops over texts that give bits or numbers. The right operand is a column (`step` 1) or its single row 0 (`step` 0): next to
/// the work on a text the multiplication costs nothing, so both shapes share a loop.
///
/// What stands in a null row may refer to bytes that are not there, so whoever leaves the view asks for null first.
/// Bits are written in whole words; `flip` is -1 to write the opposite, else 0.
public final class TextKernels {
    private static final long HIGH_BITS = 0x8080808080808080L;

    private TextKernels() {}

    public static void equal(Column left, Column right, int step, MemorySegment bits, long flip) {
        for (int row = 0; row < left.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, left.length()); row < end; row++) {
                found |= (equal(left, row, right, row * step) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(Column left, Column right, int step, MemorySegment bits, long flip) {
        for (int row = 0; row < left.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, left.length()); row < end; row++) {
                found |= (compare(left, row, right, row * step) < 0 ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void lessOrEqual(Column left, Column right, int step, MemorySegment bits, long flip) {
        for (int row = 0; row < left.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, left.length()); row < end; row++) {
                found |= (compare(left, row, right, row * step) <= 0 ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void contains(Column text, Column part, int step, MemorySegment bits) {
        for (int row = 0; row < text.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, text.length()); row < end; row++) {
                found |= (contains(text, row, part, row * step) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    public static void startsWith(Column text, Column part, int step, MemorySegment bits) {
        for (int row = 0; row < text.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, text.length()); row < end; row++) {
                found |= (startsWith(text, row, part, row * step) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    public static void endsWith(Column text, Column part, int step, MemorySegment bits) {
        for (int row = 0; row < text.length(); ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, text.length()); row < end; row++) {
                found |= (endsWith(text, row, part, row * step) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    /// Bytes, not code points.
    public static void byteLength(Column text, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            result.set(Layouts.INT, (long) row * 4, Views.length(text.values(), row));
        }
    }

    /// Code points: bytes that do not continue one.
    public static void length(Column text, MemorySegment result) {
        for (int row = 0; row < text.length(); row++) {
            int length = Views.length(text.values(), row);
            int continuations;
            if (length <= Views.INLINE) {
                continuations = continuations(Views.head(text.values(), row) >>> 32)
                        + continuations(Views.tail(text.values(), row));
            } else if (text.isNull(row)) {
                continuations = 0;
            } else {
                continuations = continuations(text.data(), Views.offset(Views.tail(text.values(), row)), length);
            }
            result.set(Layouts.INT, (long) row * 4, length - continuations);
        }
    }

    /// Of a text of at least eight bytes; what is left after whole words is the upper part of its last eight bytes.
    private static int continuations(MemorySegment bytes, long start, int length) {
        int count = 0;
        for (long at = start, end = start + (length & -8); at < end; at += 8) {
            count += continuations(bytes.get(Layouts.LONG, at));
        }
        int left = length & 7;
        return left == 0 ? count : count + continuations(bytes.get(Layouts.LONG, start + length - 8) >>> 64 - 8 * left);
    }

    /// Bytes of the form 10xxxxxx among eight.
    private static int continuations(long bytes) {
        return Long.bitCount(bytes & ~bytes << 1 & HIGH_BITS);
    }

    private static boolean equal(Column left, int i, Column right, int j) {
        long head = Views.head(left.values(), i);
        if (head != Views.head(right.values(), j)) {
            return false;
        }
        long leftTail = Views.tail(left.values(), i);
        long rightTail = Views.tail(right.values(), j);
        if ((int) head <= Views.INLINE) {
            return leftTail == rightTail;
        }
        return !left.isNull(i)
                && !right.isNull(j)
                && Views.same(left.data(), Views.offset(leftTail), right.data(), Views.offset(rightTail), (int) head);
    }

    private static int compare(Column left, int i, Column right, int j) {
        long leftHead = Views.head(left.values(), i);
        long rightHead = Views.head(right.values(), j);
        int leftPrefix = Integer.reverseBytes((int) (leftHead >>> 32));
        int rightPrefix = Integer.reverseBytes((int) (rightHead >>> 32));
        if (leftPrefix != rightPrefix) {
            return Integer.compareUnsigned(leftPrefix, rightPrefix);
        }
        return left.isNull(i) || right.isNull(j)
                ? 0
                : Views.compare(left.values(), i, left.data(), right.values(), j, right.data());
    }

    private static boolean contains(Column text, int i, Column part, int j) {
        if (text.isNull(i) || part.isNull(j)) {
            return false;
        }
        MemorySegment bytes = Views.bytes(text.values(), i, text.data());
        long start = Views.start(text.values(), i);
        return TextSearch.find(bytes, start, start + Views.length(text.values(), i), part, j) >= 0;
    }

    static boolean startsWith(Column text, int i, Column part, int j) {
        int length = Views.length(part.values(), j);
        return !text.isNull(i)
                && !part.isNull(j)
                && length <= Views.length(text.values(), i)
                && same(text, i, 0, part, j, length);
    }

    static boolean endsWith(Column text, int i, Column part, int j) {
        int length = Views.length(part.values(), j);
        int skipped = Views.length(text.values(), i) - length;
        return !text.isNull(i) && !part.isNull(j) && skipped >= 0 && same(text, i, skipped, part, j, length);
    }

    private static boolean same(Column text, int i, int skipped, Column part, int j, int length) {
        return Views.same(
                Views.bytes(text.values(), i, text.data()),
                Views.start(text.values(), i) + skipped,
                Views.bytes(part.values(), j, part.data()),
                Views.start(part.values(), j),
                length);
    }
}
