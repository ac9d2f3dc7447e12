package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Loops over IEEE doubles. Shapes: two vectors, or a vector and a scalar. Arithmetic is IEEE's and never fails.
///
/// Comparisons follow the total order of values: NaN equals NaN and is above every number, -0.0 equals 0.0. They write a
/// bit a row, in whole words; `flip` is -1 to write the opposite, else 0. A scalar NaN is sorted out before the loop, which
/// then needs IEEE's comparison only.
public final class DoubleKernels {
    private static final int WIDTH = 8;

    private DoubleKernels() {}

    public static void add(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) + right.get(Layouts.DOUBLE, at));
        }
    }

    public static void add(MemorySegment left, double right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) + right);
        }
    }

    public static void subtract(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) - right.get(Layouts.DOUBLE, at));
        }
    }

    public static void subtract(MemorySegment left, double right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) - right);
        }
    }

    public static void subtract(double left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left - right.get(Layouts.DOUBLE, at));
        }
    }

    public static void multiply(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) * right.get(Layouts.DOUBLE, at));
        }
    }

    public static void multiply(MemorySegment left, double right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) * right);
        }
    }

    public static void divide(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) / right.get(Layouts.DOUBLE, at));
        }
    }

    public static void divide(MemorySegment left, double right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) / right);
        }
    }

    public static void divide(double left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left / right.get(Layouts.DOUBLE, at));
        }
    }

    public static void remainder(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) % right.get(Layouts.DOUBLE, at));
        }
    }

    public static void remainder(MemorySegment left, double right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, left.get(Layouts.DOUBLE, at) % right);
        }
    }

    public static void abs(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.abs(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void floor(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.floor(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void ceil(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.ceil(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void sqrt(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.sqrt(operand.get(Layouts.DOUBLE, at)));
        }
    }

    /// To the nearest integer, halves to the even one (as NumPy does).
    public static void round(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.rint(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void fill(MemorySegment result, int rowCount, double value) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, value);
        }
    }

    public static void equal(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                double x = left.get(Layouts.DOUBLE, (long) row * WIDTH);
                double y = right.get(Layouts.DOUBLE, (long) row * WIDTH);
                found |= (x == y | x != x & y != y ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void equal(MemorySegment left, double right, int rowCount, MemorySegment bits, long flip) {
        if (right != right) {
            isNaN(left, rowCount, bits, flip);
            return;
        }
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.DOUBLE, (long) row * WIDTH) == right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(MemorySegment left, MemorySegment right, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                double x = left.get(Layouts.DOUBLE, (long) row * WIDTH);
                double y = right.get(Layouts.DOUBLE, (long) row * WIDTH);
                found |= (x < y | x == x & y != y ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void less(MemorySegment left, double right, int rowCount, MemorySegment bits, long flip) {
        if (right != right) {
            isNaN(left, rowCount, bits, ~flip);
            return;
        }
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.DOUBLE, (long) row * WIDTH) < right ? 1L : 0L) << row;
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
                double x = left.get(Layouts.DOUBLE, (long) row * WIDTH);
                double y = right.get(Layouts.DOUBLE, (long) row * WIDTH);
                found |= (x <= y | y != y ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    public static void lessOrEqual(MemorySegment left, double right, int rowCount, MemorySegment bits, long flip) {
        if (right != right) {
            fillBits(bits, rowCount, ~flip);
            return;
        }
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (left.get(Layouts.DOUBLE, (long) row * WIDTH) <= right ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    private static void isNaN(MemorySegment left, int rowCount, MemorySegment bits, long flip) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                double x = left.get(Layouts.DOUBLE, (long) row * WIDTH);
                found |= (x != x ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found ^ flip);
        }
    }

    private static void fillBits(MemorySegment bits, int rowCount, long word) {
        for (long at = 0; at < Bits.byteSize(rowCount); at += 8) {
            bits.set(Layouts.LONG, at, word);
        }
    }
}
