package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Loops over integers of 32 and 64 bits that are rarer than those of [IntKernels] and [LongKernels]. Those that can overflow wrap
/// around and say whether they did in any row, null rows included.
public final class IntegerKernels {
    private IntegerKernels() {}

    /// The quotient rounded down; 0 where the divisor is 0.
    public static boolean floorDivideInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            int x = left.get(Layouts.INT, at);
            int y = right.get(Layouts.INT, at);
            fits &= x != Integer.MIN_VALUE | y != -1;
            result.set(Layouts.INT, at, y == 0 ? 0 : Math.floorDiv(x, y));
        }
        return !fits;
    }

    /// The remainder with the sign of the divisor; 0 where that is 0.
    public static boolean moduloInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            int y = right.get(Layouts.INT, at);
            result.set(Layouts.INT, at, y == 0 ? 0 : Math.floorMod(left.get(Layouts.INT, at), y));
        }
        return false;
    }

    public static boolean negateInts(MemorySegment operand, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            int x = operand.get(Layouts.INT, at);
            fits &= x != Integer.MIN_VALUE;
            result.set(Layouts.INT, at, -x);
        }
        return !fits;
    }

    public static void andInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) & right.get(Layouts.INT, at));
        }
    }

    public static void orInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) | right.get(Layouts.INT, at));
        }
    }

    public static void xorInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) ^ right.get(Layouts.INT, at));
        }
    }

    public static void shiftLeftInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) << right.get(Layouts.INT, at));
        }
    }

    public static void shiftRightInts(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, left.get(Layouts.INT, at) >> right.get(Layouts.INT, at));
        }
    }

    /// The quotient rounded down; 0 where the divisor is 0.
    public static boolean floorDivideLongs(MemorySegment left, MemorySegment right, int rowCount,
            MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long x = left.get(Layouts.LONG, at);
            long y = right.get(Layouts.LONG, at);
            fits &= x != Long.MIN_VALUE | y != -1;
            result.set(Layouts.LONG, at, y == 0 ? 0 : Math.floorDiv(x, y));
        }
        return !fits;
    }

    /// The remainder with the sign of the divisor; 0 where that is 0.
    public static boolean moduloLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long y = right.get(Layouts.LONG, at);
            result.set(Layouts.LONG, at, y == 0 ? 0 : Math.floorMod(left.get(Layouts.LONG, at), y));
        }
        return false;
    }

    public static boolean negateLongs(MemorySegment operand, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long x = operand.get(Layouts.LONG, at);
            fits &= x != Long.MIN_VALUE;
            result.set(Layouts.LONG, at, -x);
        }
        return !fits;
    }

    public static void andLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) & right.get(Layouts.LONG, at));
        }
    }

    public static void orLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) | right.get(Layouts.LONG, at));
        }
    }

    public static void xorLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) ^ right.get(Layouts.LONG, at));
        }
    }

    public static void shiftLeftLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) << right.get(Layouts.LONG, at));
        }
    }

    public static void shiftRightLongs(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, left.get(Layouts.LONG, at) >> right.get(Layouts.LONG, at));
        }
    }
}
