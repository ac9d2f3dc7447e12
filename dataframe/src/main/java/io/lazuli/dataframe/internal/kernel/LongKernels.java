package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Loops over 64-bit integers: LONG and TIMESTAMP. Shapes: two vectors, or a vector and a scalar.
///
/// Arithmetic wraps around and says whether it did in any row, null rows included: overflow is collected in sign bits,
/// because a check a row would keep the loop from being vectorised. The caller then looks for the row, if it is one that
/// counts.
///
/// Comparisons write a bit a row, in whole words; `flip` is -1 to write the opposite, else 0.
public final class LongKernels {
    private static final int WIDTH = 8;

    private LongKernels() {}

    public static boolean add(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long y = right.get(Layouts.LONG, at);
            long z = x + y;
            overflow |= (x ^ z) & (y ^ z);
            result.set(Layouts.LONG, at, z);
        }
        return overflow < 0;
    }

    public static boolean add(MemorySegment left, long right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long z = x + right;
            overflow |= (x ^ z) & (right ^ z);
            result.set(Layouts.LONG, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long y = right.get(Layouts.LONG, at);
            long z = x - y;
            overflow |= (x ^ y) & (x ^ z);
            result.set(Layouts.LONG, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(MemorySegment left, long right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long z = x - right;
            overflow |= (x ^ right) & (x ^ z);
            result.set(Layouts.LONG, at, z);
        }
        return overflow < 0;
    }

    public static boolean subtract(long left, MemorySegment right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long y = right.get(Layouts.LONG, at);
            long z = left - y;
            overflow |= (left ^ y) & (left ^ z);
            result.set(Layouts.LONG, at, z);
        }
        return overflow < 0;
    }

    public static boolean multiply(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long y = right.get(Layouts.LONG, at);
            long z = x * y;
            overflow |= Math.multiplyHigh(x, y) ^ z >> 63;
            result.set(Layouts.LONG, at, z);
        }
        return overflow != 0;
    }

    public static boolean multiply(MemorySegment left, long right, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long x = left.get(Layouts.LONG, at);
            long z = x * right;
            overflow |= Math.multiplyHigh(x, right) ^ z >> 63;
            result.set(Layouts.LONG, at, z);
        }
        return overflow != 0;
    }

    /// Remainder with the sign of the dividend; 0 where the divisor is 0.
    public static boolean remainder(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long divisor = right.get(Layouts.LONG, at);
            result.set(Layouts.LONG, at, divisor == 0 ? 0 : left.get(Layouts.LONG, at) % divisor);
        }
        return false;
    }

    /// As above, by a divisor that is not 0.
    public static boolean remainder(MemorySegment left, long divisor, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) % divisor);
        }
        return false;
    }

    public static boolean abs(MemorySegment operand, int rowCount, MemorySegment result) {
        long overflow = 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            long value = Math.abs(operand.get(Layouts.LONG, at));
            overflow |= value;
            result.set(Layouts.LONG, at, value);
        }
        return overflow < 0;
    }

    public static void fill(MemorySegment result, int rowCount, long value) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.LONG, at, value);
        }
    }

    public static void equal(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long at = (long) row * WIDTH;
                found |= (left.get(Layouts.LONG, at) == right.get(Layouts.LONG, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void equal(MemorySegment left, long right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.LONG, (long) row * WIDTH) == right ? 1L : 0L) << row;
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
                found |= (left.get(Layouts.LONG, at) < right.get(Layouts.LONG, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(MemorySegment left, long right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.LONG, (long) row * WIDTH) < right ? 1L : 0L) << row;
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
                found |= (left.get(Layouts.LONG, at) <= right.get(Layouts.LONG, at) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void lessOrEqual(MemorySegment left, long right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.LONG, (long) row * WIDTH) <= right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }
}
