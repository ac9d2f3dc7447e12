package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Loops over doubles for what java.lang.Math computes, with its results for NaN and infinities. They never fail.
public final class MathKernels {
    private static final int WIDTH = 8;
    private static final double LOG2 = Math.log(2);

    private MathKernels() {}

    public static void exp(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.exp(operand.get(Layouts.DOUBLE, at)));
        }
    }

    /// Natural; NaN of negative numbers, -infinity of 0.
    public static void log(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.log(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void log10(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.log10(operand.get(Layouts.DOUBLE, at)));
        }
    }

    private static double log2(double value) {
        int exponent = Math.getExponent(value);
        return value > 0 && value == Math.scalb(1.0, exponent) ? exponent : Math.log(value) / LOG2;
    }

    /// Exact for powers of two.
    public static void log2(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, log2(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void cbrt(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.cbrt(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void sin(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.sin(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void cos(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.cos(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void tan(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.tan(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void asin(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.asin(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void acos(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.acos(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void atan(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.atan(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void sinh(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.sinh(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void cosh(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.cosh(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void tanh(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.tanh(operand.get(Layouts.DOUBLE, at)));
        }
    }

    /// -1, 0 or 1; zeros and NaN as they are.
    public static void sign(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.signum(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void degrees(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.toDegrees(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void radians(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.toRadians(operand.get(Layouts.DOUBLE, at)));
        }
    }

    public static void pow(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.pow(left.get(Layouts.DOUBLE, at), right.get(Layouts.DOUBLE, at)));
        }
    }

    public static void atan2(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, Math.atan2(left.get(Layouts.DOUBLE, at), right.get(Layouts.DOUBLE, at)));
        }
    }

    /// To so many digits behind the point, or before it if negative; halves of the scaled value to the even neighbour (as NumPy
    /// does). Values that scaling would take out of range have no such digits and stay.
    public static void round(MemorySegment operand, int digits, int rowCount, MemorySegment result) {
        double scale = Math.pow(10, Math.abs(digits));
        boolean isFraction = digits >= 0;
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            double value = operand.get(Layouts.DOUBLE, at);
            double scaled = isFraction ? value * scale : value / scale;
            double rounded = isFraction ? Math.rint(scaled) / scale : Math.rint(scaled) * scale;
            result.set(Layouts.DOUBLE, at, Double.isFinite(rounded) ? rounded : value);
        }
    }

    /// The quotient rounded down.
    public static void floorDivide(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at,
                    Math.floor(left.get(Layouts.DOUBLE, at) / right.get(Layouts.DOUBLE, at)));
        }
    }

    /// The remainder with the sign of the divisor; NaN where the divisor is 0.
    public static void modulo(MemorySegment left, MemorySegment right, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            double divisor = right.get(Layouts.DOUBLE, at);
            double remainder = left.get(Layouts.DOUBLE, at) % divisor;
            boolean isOpposite = remainder != 0 & remainder < 0 != divisor < 0;
            result.set(Layouts.DOUBLE, at, isOpposite ? remainder + divisor : remainder);
        }
    }

    public static void negate(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = (long) rowCount * WIDTH; at < end; at += WIDTH) {
            result.set(Layouts.DOUBLE, at, -operand.get(Layouts.DOUBLE, at));
        }
    }

    public static void isNaN(MemorySegment operand, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (Double.isNaN(operand.get(Layouts.DOUBLE, (long) row * WIDTH)) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    public static void isFinite(MemorySegment operand, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (Double.isFinite(operand.get(Layouts.DOUBLE, (long) row * WIDTH)) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }

    public static void isInfinite(MemorySegment operand, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                found |= (Double.isInfinite(operand.get(Layouts.DOUBLE, (long) row * WIDTH)) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, (long) word * 8, found);
        }
    }
}
