package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Fields of dates (days since 1970-01-01, as 32 bits) and times (microseconds since then, as 64 bits).
public final class DateKernels {
    private DateKernels() {}

    public static void year(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.year(CivilDates.fromDays(days.get(Layouts.INT, at))));
        }
    }

    public static void month(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.month(CivilDates.fromDays(days.get(Layouts.INT, at))));
        }
    }

    public static void day(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.day(CivilDates.fromDays(days.get(Layouts.INT, at))));
        }
    }

    /// Monday is 1; day 0 was a Thursday.
    public static void dayOfWeek(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, Math.floorMod(days.get(Layouts.INT, at) + 3L, 7) + 1);
        }
    }

    public static void hour(MemorySegment micros, int rowCount, MemorySegment result) {
        for (int row = 0; row < rowCount; row++) {
            long timeOfDay = Math.floorMod(micros.get(Layouts.LONG, row * 8L), CivilDates.MICROS_PER_DAY);
            result.set(Layouts.INT, row * 4L, (int) (timeOfDay / CivilDates.MICROS_PER_HOUR));
        }
    }
}
