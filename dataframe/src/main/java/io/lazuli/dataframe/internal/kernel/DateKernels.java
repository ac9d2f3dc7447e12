package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Fields of dates, given as days since 1970-01-01 in 32 bits.
public final class DateKernels {
    private DateKernels() {}

    public static void year(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.year(CivilDates.fromDays(days.get(Layouts.INT, at))));
        }
    }

    public static void quarter(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, (CivilDates.month(CivilDates.fromDays(days.get(Layouts.INT, at))) + 2) / 3);
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

    /// Monday is 1.
    public static void dayOfWeek(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.dayOfWeek(days.get(Layouts.INT, at)));
        }
    }

    public static void dayOfYear(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.dayOfYear(days.get(Layouts.INT, at)));
        }
    }

    /// ISO 8601: the first week of a year is that of its first Thursday.
    public static void week(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, (CivilDates.dayOfYear(CivilDates.thursday(days.get(Layouts.INT, at))) + 6) / 7);
        }
    }

    /// The year that the ISO week belongs to.
    public static void isoYear(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at,
                    CivilDates.year(CivilDates.fromDays(CivilDates.thursday(days.get(Layouts.INT, at)))));
        }
    }

    public static void daysInMonth(MemorySegment days, int rowCount, MemorySegment result) {
        for (long at = 0, end = rowCount * 4L; at < end; at += 4) {
            result.set(Layouts.INT, at, CivilDates.daysInMonth(CivilDates.fromDays(days.get(Layouts.INT, at))));
        }
    }

    public static void isLeapYear(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= (CivilDates.isLeapYear(CivilDates.year(date)) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isMonthStart(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= (CivilDates.day(date) == 1 ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isMonthEnd(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= (CivilDates.day(date) == CivilDates.daysInMonth(date) ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isQuarterStart(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= (CivilDates.day(date) == 1 & CivilDates.month(date) % 3 == 1 ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isQuarterEnd(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= (CivilDates.month(date) % 3 == 0 & CivilDates.day(date) == CivilDates.daysInMonth(date)
                        ? 1L
                        : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isYearStart(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= ((date & 0xFFFF) == 0x0101 ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }

    public static void isYearEnd(MemorySegment days, int rowCount, MemorySegment bits) {
        for (int row = 0; row < rowCount; ) {
            int word = row >>> 6;
            long found = 0;
            for (int end = Math.min(row + 64, rowCount); row < end; row++) {
                long date = CivilDates.fromDays(days.get(Layouts.INT, row * 4L));
                found |= ((date & 0xFFFF) == 0x0C1F ? 1L : 0L) << row;
            }
            bits.set(Layouts.LONG, word * 8L, found);
        }
    }
}
