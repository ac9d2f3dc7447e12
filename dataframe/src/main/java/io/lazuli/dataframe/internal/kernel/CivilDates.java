package io.lazuli.dataframe.internal.kernel;

/// Days since 1970-01-01 to year, month and day of the proleptic Gregorian calendar and back, without branches on the date.
///
/// Years begin in March here, so that the leap day is the last of its year; an era is 400 years of 146,097 days.
///
/// Sources: Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their application to calendar algorithms",
/// Software: Practice and Experience 53 (2023), for [#fromDays], where multiplications by reciprocals replace most divisions;
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`),
/// https://howardhinnant.github.io/date_algorithms.html, for [#toDays].
final class CivilDates {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
    static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    /// More months than lie between any two days that an INT holds.
    static final long MOST_MONTHS = 12L * 12_000_000;

    private static final long DAYS_PER_ERA = 146_097;
    /// From 0000-03-01 to 1970-01-01.
    private static final long EPOCH_SHIFT = 719_468;
    /// Eras to add so that no day of an INT is negative.
    private static final long ERAS_SHIFT = 14_700;
    private static final long YEAR_RECIPROCAL = 2_939_745;

    private CivilDates() {}

    /// The date as `year << 16 | month << 8 | day`. Defined for all days that an INT holds.
    static long fromDays(long days) {
        long centuryDays4 = 4 * (days + EPOCH_SHIFT + ERAS_SHIFT * DAYS_PER_ERA) + 3;
        long century = centuryDays4 / DAYS_PER_ERA;
        long dayOfCentury = centuryDays4 % DAYS_PER_ERA / 4;
        // 2,939,745 / 2^32 is 1 / 1461 rounded up: the high half is the year, the low half the part of it that has passed
        long year32 = YEAR_RECIPROCAL * (4 * dayOfCentury + 3);
        int dayOfYear = (int) ((year32 & 0xFFFF_FFFFL) / YEAR_RECIPROCAL / 4);
        // 2,141 / 2^16 is 5 / 153 rounded up: months from March have 153 days in five
        int month16 = 2141 * dayOfYear + 197_913;
        // 1 in January and February
        int isNextYear = 305 - dayOfYear >>> 31;
        long year = 100 * century + (year32 >>> 32) - 400 * ERAS_SHIFT + isNextYear;
        int month = (month16 >>> 16) - 12 * isNextYear;
        return year << 16 | month << 8 | (month16 & 0xFFFF) / 2141 + 1;
    }

    static int year(long date) {
        return (int) (date >> 16);
    }

    static int month(long date) {
        return (int) (date >> 8) & 0xFF;
    }

    static int day(long date) {
        return (int) date & 0xFF;
    }

    static boolean isLeapYear(int year) {
        return (year & 3) == 0 & (year % 100 != 0 | year % 400 == 0);
    }

    /// Of the month of a date as [#fromDays] gives it.
    static int daysInMonth(long date) {
        return daysInMonth(year(date), month(date));
    }

    private static int daysInMonth(int year, int month) {
        // months of 31 and 30 days take turns, but for July and August
        return month == 2 ? (isLeapYear(year) ? 29 : 28) : 30 + ((month + (month >>> 3)) & 1);
    }

    /// From 1, Monday; day 0 was a Thursday.
    static int dayOfWeek(long days) {
        return (int) Math.floorMod(days + 3, 7L) + 1;
    }

    /// From 1.
    static int dayOfYear(long days) {
        return (int) (days - toDays(year(fromDays(days)), 1, 1)) + 1;
    }

    /// The Thursday of the week of a day, which decides the year that the week belongs to.
    static long thursday(long days) {
        return days - dayOfWeek(days) + 4;
    }

    /// So many months later, at most [#MOST_MONTHS]; the last day of the month where it has fewer.
    static long plusMonths(long days, long months) {
        long date = fromDays(days);
        long sum = year(date) * 12L + month(date) - 1 + months;
        int year = Math.toIntExact(Math.floorDiv(sum, 12L));
        int month = (int) Math.floorMod(sum, 12L) + 1;
        return toDays(year, month, Math.min(day(date), daysInMonth(year, month)));
    }

    static long toDays(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
    }
}
