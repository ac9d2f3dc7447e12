package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Parses dates `yyyy-MM-dd` and timestamps `yyyy-MM-dd HH:mm:ss[.f]`, with a space or a T between and up to six digits
/// of fraction. A date alone is midnight.
public final class Dates {
    /// No valid date or time; a value that none has.
    public static final long INVALID = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 19;
    private static final int LONGEST = 26;

    private Dates() {}

    /// Days since 1970-01-01.
    public static long days(MemorySegment bytes, long start, int length) {
        if (length != DATE_LENGTH || !isAt(bytes, start + 4, '-') || !isAt(bytes, start + 7, '-')) {
            return INVALID;
        }
        int year = number(bytes, start, 4);
        int month = number(bytes, start + 5, 2);
        int day = number(bytes, start + 8, 2);
        boolean isValid = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOfMonth(year, month);
        return isValid ? daysFromCivil(year, month, day) : INVALID;
    }

    /// Microseconds since 1970-01-01T00:00.
    public static long micros(MemorySegment bytes, long start, int length) {
        long days = length < DATE_LENGTH ? INVALID : days(bytes, start, DATE_LENGTH);
        if (days == INVALID || length == DATE_LENGTH) {
            return days == INVALID ? INVALID : days * 86_400 * MICROS_PER_SECOND;
        }
        boolean isSeparated = length >= TIME_LENGTH
                && length <= LONGEST
                && (isAt(bytes, start + 10, ' ') || isAt(bytes, start + 10, 'T'))
                && isAt(bytes, start + 13, ':')
                && isAt(bytes, start + 16, ':');
        if (!isSeparated) {
            return INVALID;
        }
        int hour = number(bytes, start + 11, 2);
        int minute = number(bytes, start + 14, 2);
        int second = number(bytes, start + 17, 2);
        long fraction = fraction(bytes, start + TIME_LENGTH, length - TIME_LENGTH);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || fraction == INVALID) {
            return INVALID;
        }
        return (days * 86_400 + hour * 3600 + minute * 60 + second) * MICROS_PER_SECOND + fraction;
    }

    private static long fraction(MemorySegment bytes, long start, int length) {
        if (length == 0) {
            return 0;
        }
        long micros = length > 1 && isAt(bytes, start, '.') ? number(bytes, start + 1, length - 1) : -1;
        if (micros < 0) {
            return INVALID;
        }
        for (int digit = length - 1; digit < 6; digit++) {
            micros *= 10;
        }
        return micros;
    }

    private static boolean isAt(MemorySegment bytes, long at, char character) {
        return bytes.get(Layouts.BYTE, at) == character;
    }

    /// Up to eight digits; -1 if they are none.
    private static int number(MemorySegment bytes, long start, int count) {
        long digits = Swar.digits(bytes.get(Layouts.LONG, start), count);
        return Swar.areDigits(digits) ? (int) Swar.number(digits) : -1;
    }

    private static int daysOfMonth(int year, int month) {
        boolean isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        return switch (month) {
            case 2 -> isLeap ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    private static long daysFromCivil(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
