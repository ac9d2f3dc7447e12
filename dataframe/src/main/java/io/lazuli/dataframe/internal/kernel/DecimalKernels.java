package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Loops over decimals: 64-bit integers that stand for themselves divided by a power of ten. Each says whether the value of any
/// row, null rows included, did not fit; what it wrote there is meaningless.
public final class DecimalKernels {
    private static final long[] POWERS = new long[19];
    /// Doubles hold all integers up to here.
    private static final long EXACT = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private DecimalKernels() {}

    /// 10 to the power of `digits`, which are at most 18.
    public static long power(int digits) {
        return POWERS[digits];
    }

    /// True if any row has more than `precision` digits.
    public static boolean exceeds(MemorySegment operand, int precision, int rowCount) {
        long limit = POWERS[precision];
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = operand.get(Layouts.LONG, at);
            fits &= value < limit & value > -limit;
        }
        return !fits;
    }

    /// With `digits` more behind the point.
    public static boolean scaleUp(MemorySegment operand, int digits, int precision, int rowCount,
            MemorySegment result) {
        boolean overflow = LongKernels.multiply(operand, POWERS[digits], rowCount, result);
        return overflow | exceeds(result, precision, rowCount);
    }

    /// With `digits` fewer behind the point; halves are rounded away from zero.
    public static boolean scaleDown(MemorySegment operand, int digits, int precision, int rowCount,
            MemorySegment result) {
        long divisor = POWERS[digits];
        long half = divisor / 2;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = operand.get(Layouts.LONG, at);
            long rest = value % divisor;
            long up = digits == 0 ? 0 : rest >= half ? 1 : rest <= -half ? -1 : 0;
            result.set(Layouts.LONG, at, value / divisor + up);
        }
        return exceeds(result, precision, rowCount);
    }

    /// The whole part.
    public static boolean toLong(MemorySegment operand, int scale, int rowCount, MemorySegment result) {
        TimeKernels.wholeUnits(operand, POWERS[scale], rowCount, result);
        return false;
    }

    /// The nearest double.
    public static boolean toDouble(MemorySegment operand, int scale, int rowCount, MemorySegment result) {
        double divisor = POWERS[scale];
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = operand.get(Layouts.LONG, at);
            boolean isExact = value <= EXACT & value >= -EXACT;
            double number = isExact ? value / divisor : BigDecimal.valueOf(value, scale).doubleValue();
            result.set(Layouts.DOUBLE, at, number);
        }
        return false;
    }

    /// The nearest decimal to the shortest digits that give the double; halves are rounded away from zero.
    public static boolean fromDouble(MemorySegment operand, int scale, int precision, int rowCount,
            MemorySegment result) {
        double factor = POWERS[scale];
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            double value = operand.get(Layouts.DOUBLE, at);
            double scaled = value * factor;
            // far from a half, the error of the product cannot matter
            boolean isClear = Math.abs(scaled - Math.rint(scaled)) < 0.25 & Math.abs(scaled) < EXACT;
            long nearest = isClear ? (long) Math.rint(scaled) : nearest(value, scale);
            fits &= nearest != Long.MIN_VALUE;
            result.set(Layouts.LONG, at, nearest);
        }
        return !fits | exceeds(result, precision, rowCount);
    }

    /// Long.MIN_VALUE where there is none.
    private static long nearest(double value, int scale) {
        if (!(Math.abs(value) < 1e18)) {
            return Long.MIN_VALUE;
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
        return rounded.precision() > 18 ? Long.MIN_VALUE : rounded.unscaledValue().longValueExact();
    }
}
