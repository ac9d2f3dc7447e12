package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Conversions between numbers, truth values and dates. Each says whether the value of any row, null rows included, did not
/// fit; what it wrote there is meaningless.
public final class CastKernels {
    /// The last day whose midnight is a TIMESTAMP; the first is its opposite.
    private static final int LAST_DAY = (int) (Long.MAX_VALUE / CivilDates.MICROS_PER_DAY);

    private CastKernels() {}

    public static boolean intToLong(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long row = 0; row < rowCount; row++) {
            result.set(Layouts.LONG, row * 8, operand.get(Layouts.INT, row * 4));
        }
        return false;
    }

    public static boolean intToDouble(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long row = 0; row < rowCount; row++) {
            result.set(Layouts.DOUBLE, row * 8, operand.get(Layouts.INT, row * 4));
        }
        return false;
    }

    public static boolean longToInt(MemorySegment operand, int rowCount, MemorySegment result) {
        long lost = 0;
        for (long row = 0; row < rowCount; row++) {
            long value = operand.get(Layouts.LONG, row * 8);
            lost |= value ^ (int) value;
            result.set(Layouts.INT, row * 4, (int) value);
        }
        return lost != 0;
    }

    public static boolean longToDouble(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.DOUBLE, at, operand.get(Layouts.LONG, at));
        }
        return false;
    }

    public static boolean doubleToInt(MemorySegment operand, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long row = 0; row < rowCount; row++) {
            double value = operand.get(Layouts.DOUBLE, row * 8);
            fits &= value > Integer.MIN_VALUE - 1.0 & value < Integer.MAX_VALUE + 1.0;
            result.set(Layouts.INT, row * 4, (int) value);
        }
        return !fits;
    }

    public static boolean doubleToLong(MemorySegment operand, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            double value = operand.get(Layouts.DOUBLE, at);
            fits &= value >= -0x1p63 & value < 0x1p63;
            result.set(Layouts.LONG, at, (long) value);
        }
        return !fits;
    }

    public static boolean boolToInt(MemorySegment operand, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            result.set(Layouts.INT, row * 4L, Bits.get(operand, row) ? 1 : 0);
        }
        return false;
    }

    public static boolean boolToLong(MemorySegment operand, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            result.set(Layouts.LONG, row * 8L, Bits.get(operand, row) ? 1 : 0);
        }
        return false;
    }

    public static boolean boolToDouble(MemorySegment operand, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            result.set(Layouts.DOUBLE, row * 8L, Bits.get(operand, row) ? 1 : 0);
        }
        return false;
    }

    /// To midnight.
    public static boolean dateToTimestamp(MemorySegment operand, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long row = 0; row < rowCount; row++) {
            int days = operand.get(Layouts.INT, row * 4);
            fits &= days >= -LAST_DAY & days <= LAST_DAY;
            result.set(Layouts.LONG, row * 8, days * CivilDates.MICROS_PER_DAY);
        }
        return !fits;
    }

    /// To the day that the time belongs to.
    public static boolean timestampToDate(MemorySegment operand, int rowCount, MemorySegment result) {
        for (long row = 0; row < rowCount; row++) {
            long day = Math.floorDiv(operand.get(Layouts.LONG, row * 8), CivilDates.MICROS_PER_DAY);
            result.set(Layouts.INT, row * 4, (int) day);
        }
        return false;
    }
}
