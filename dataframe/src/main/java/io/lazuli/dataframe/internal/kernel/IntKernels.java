package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Loops over 32-bit integers: INT and DATE. Shapes: two vectors, or a vector and a scalar.
///
/// Arithmetic wraps around and says whether it did in any row, null rows included: overflow is collected in sign bits,
/// because a check a row would keep the loop from being vectorised. The caller then looks for the row, if it is one that
/// counts.
///
/// Comparisons write a bit a row, in whole words; `flip` is -1 to write the opposite, else 0.
public final class IntKernels {
    private static final int WIDTH = 4;

    private IntKernels() {}

    public static boolean add(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            int y = right.get(Layouts.INT, at);
            int z = x + y;
            overflow |= (x ^ z) & (y ^ z);
            result.set(Layouts.INT, at, z);
        }
        return overflow < 0;
    }

    public static boolean add(MemorySegment left, int right, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            int z = x + right;
            overflow |= (x ^ z) & (right ^ z);
            result.set(Layouts.INT, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            int y = right.get(Layouts.INT, at);
            int z = x - y;
            overflow |= (x ^ y) & (x ^ z);
            result.set(Layouts.INT, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(MemorySegment left, int right, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            int z = x - right;
            overflow |= (x ^ right) & (x ^ z);
            result.set(Layouts.INT, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(int left, MemorySegment right, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int y = right.get(Layouts.INT, at);
            int z = left - y;
            overflow |= (left ^ y) & (left ^ z);
            result.set(Layouts.INT, at, z);
        }
        return overflow < 0;
    }

    public static boolean multiply(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            int y = right.get(Layouts.INT, at);
            long z = (long) x * y;
            overflow |= z ^ (int) z;
            result.set(Layouts.INT, at, (int) z);
        }
        return overflow != 0;
    }

    public static boolean multiply(MemorySegment left, int right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int x = left.get(Layouts.INT, at);
            long z = (long) x * right;
            overflow |= z ^ (int) z;
            result.set(Layouts.INT, at, (int) z);
        }
        return overflow != 0;
    }

    /// Remainder with the sign of the dividend; 0 where the divisor is 0.
    public static boolean remainder(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int divisor = right.get(Layouts.INT, at);
            result.set(Layouts.INT, at, divisor == 0 ? 0 : left.get(Layouts.INT, at) % divisor);
        }
        return false;
    }

    /// As above, by a divisor that is not 0.
    public static boolean remainder(MemorySegment left, int divisor, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) % divisor);
        }
        return false;
    }

    public static boolean abs(MemorySegment operand, int rowCount, MemorySegment result) {
        int overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            int value = Math.abs(operand.get(Layouts.INT, at));
            overflow |= value;
            result.set(Layouts.INT, at, value);
        }
        return overflow < 0;
    }

    public static void fill(MemorySegment result, int rowCount, int value) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.INT, at, value);
        }
    }

    public static void equal(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long at = (long) row * WIDTH;
                found |= (left.get(Layouts.INT, at) == right.get(Layouts.INT, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void equal(MemorySegment left, int right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.INT, (long) row * WIDTH) == right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long at = (long) row * WIDTH;
                found |= (left.get(Layouts.INT, at) < right.get(Layouts.INT, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(MemorySegment left, int right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.INT, (long) row * WIDTH) < right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void lessOrEqual(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits,
            long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long at = (long) row * WIDTH;
                found |= (left.get(Layouts.INT, at) <= right.get(Layouts.INT, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void lessOrEqual(MemorySegment left, int right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.INT, (long) row * WIDTH) <= right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }
}
