package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Fields of times, given as microseconds since 1970-01-01T00:00, and conversions between microseconds and other units. Loops that
/// can leave the range wrap around and say whether they did in any row, null rows included.
public final class TimeKernels {
    private TimeKernels() {}

    public static void hour(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long field = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_DAY)
                    / CivilDates.MICROS_PER_HOUR;
            result.set(Layouts.INT, row * 4L, (int) field);
        }
    }

    public static void minute(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long field = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_HOUR)
                    / CivilDates.MICROS_PER_MINUTE;
            result.set(Layouts.INT, row * 4L, (int) field);
        }
    }

    public static void second(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long field = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_MINUTE)
                    / CivilDates.MICROS_PER_SECOND;
            result.set(Layouts.INT, row * 4L, (int) field);
        }
    }

    public static void millisecond(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long field = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_SECOND) / 1000;
            result.set(Layouts.INT, row * 4L, (int) field);
        }
    }

    public static void microsecond(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long field = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_SECOND);
            result.set(Layouts.INT, row * 4L, (int) field);
        }
    }

    public static void timeOfDay(MemorySegment micros, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, Math.floorMod(micros.get(Layouts.LONG, at), CivilDates.MICROS_PER_DAY));
        }
    }

    /// Whole units of `unit` microseconds, rounded down.
    public static void floorUnits(MemorySegment micros, long unit, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, Math.floorDiv(micros.get(Layouts.LONG, at), unit));
        }
    }

    /// Whole units of `unit` microseconds, truncated towards zero.
    public static void wholeUnits(MemorySegment micros, long unit, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.LONG, at, micros.get(Layouts.LONG, at) / unit);
        }
    }

    public static void totalSeconds(MemorySegment micros, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            result.set(Layouts.DOUBLE, at, micros.get(Layouts.LONG, at) / (double) CivilDates.MICROS_PER_SECOND);
        }
    }

    /// The last multiple of `step` that is not later.
    public static boolean floor(MemorySegment micros, long step, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long floor = value - Math.floorMod(value, step);
            fits &= floor <= value;
            result.set(Layouts.LONG, at, floor);
        }
        return !fits;
    }

    /// The first multiple of `step` that is not earlier.
    public static boolean ceil(MemorySegment micros, long step, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long past = Math.floorMod(value, step);
            long ceil = past == 0 ? value : value + (step - past);
            fits &= ceil >= value;
            result.set(Layouts.LONG, at, ceil);
        }
        return !fits;
    }

    /// The nearest multiple of `step`, the later one where both are as near.
    public static boolean round(MemorySegment micros, long step, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long past = Math.floorMod(value, step);
            boolean isUp = past >= step - past;
            long rounded = isUp ? value + (step - past) : value - past;
            fits &= isUp ? rounded >= value : rounded <= value;
            result.set(Layouts.LONG, at, rounded);
        }
        return !fits;
    }

    /// The first day of the week (Monday), month, quarter or year of a day.
    public static boolean truncateToWeek(MemorySegment days, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            int day = days.get(Layouts.INT, at);
            int monday = day - CivilDates.dayOfWeek(day) + 1;
            fits &= monday <= day;
            result.set(Layouts.INT, at, monday);
        }
        return !fits;
    }

    /// To the first month of a stretch of `months` months, counted from January of year 0.
    public static boolean truncateToMonths(MemorySegment days, int months, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            long date = CivilDates.fromDays(days.get(Layouts.INT, at));
            int month = CivilDates.month(date) - 1;
            long first = CivilDates.toDays(CivilDates.year(date), month - month % months + 1, 1);
            fits &= first == (int) first;
            result.set(Layouts.INT, at, (int) first);
        }
        return !fits;
    }

    public static boolean plusDays(MemorySegment days, MemorySegment added, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long row = 0; row < rowCount; row++) {
            int day = days.get(Layouts.INT, row * 4);
            long more = added.get(Layouts.LONG, row * 8);
            long sum = day + more;
            fits &= sum == (int) sum & Math.clamp(more, -(1L << 32), 1L << 32) == more;
            result.set(Layouts.INT, row * 4, (int) sum);
        }
        return !fits;
    }

    public static boolean plusMonths(MemorySegment days, MemorySegment added, int rowCount, MemorySegment result) {
        boolean fits = true;
        for (long row = 0; row < rowCount; row++) {
            long more = added.get(Layouts.LONG, row * 8);
            boolean isNear = Math.abs(more) <= CivilDates.MOST_MONTHS & more != Long.MIN_VALUE;
            long sum = CivilDates.plusMonths(days.get(Layouts.INT, row * 4), isNear ? more : 0);
            fits &= isNear & sum == (int) sum;
            result.set(Layouts.INT, row * 4, (int) sum);
        }
        return !fits;
    }

    /// As [#plusDays], of times.
    public static boolean plusDaysToTimes(MemorySegment micros, MemorySegment added, int rowCount,
            MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long more = added.get(Layouts.LONG, at);
            long product = more * CivilDates.MICROS_PER_DAY;
            long sum = value + product;
            fits &= Math.multiplyHigh(more, CivilDates.MICROS_PER_DAY) == product >> 63;
            fits &= ((value ^ sum) & (product ^ sum)) >= 0;
            result.set(Layouts.LONG, at, sum);
        }
        return !fits;
    }

    /// As [#plusMonths], of times, which keep their time of day.
    public static boolean plusMonthsToTimes(MemorySegment micros, MemorySegment added, int rowCount,
            MemorySegment result) {
        boolean fits = true;
        for (long at = 0, end = rowCount * 8L; at < end; at += 8) {
            long value = micros.get(Layouts.LONG, at);
            long more = added.get(Layouts.LONG, at);
            boolean isNear = Math.abs(more) <= CivilDates.MOST_MONTHS & more != Long.MIN_VALUE;
            long day = Math.floorDiv(value, CivilDates.MICROS_PER_DAY);
            long moved = CivilDates.plusMonths(day, isNear ? more : 0) - day;
            long product = moved * CivilDates.MICROS_PER_DAY;
            long sum = value + product;
            fits &= isNear & Math.multiplyHigh(moved, CivilDates.MICROS_PER_DAY) == product >> 63;
            fits &= ((value ^ sum) & (product ^ sum)) >= 0;
            result.set(Layouts.LONG, at, sum);
        }
        return !fits;
    }

    /// Units of `unit` microseconds to microseconds.
    public static boolean fromUnits(MemorySegment operand, long unit, int rowCount, MemorySegment result) {
        return LongKernels.multiply(operand, unit, rowCount, result);
    }
}
