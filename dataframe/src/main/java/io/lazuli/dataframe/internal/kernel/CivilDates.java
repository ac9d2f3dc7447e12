package io.lazuli.dataframe.internal.kernel;

/// Days since 1970-01-01 to year, month and day of the proleptic Gregorian calendar and back, without branches on the year.
///
/// Years begin in March here, so that the leap day is the last of its year; an era is 400 years of 146,097 days.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`civil_from_days`, `days_from_civil`),
/// https://howardhinnant.github.io/date_algorithms.html.
final class CivilDates {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
    static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    private static final long DAYS_PER_ERA = 146_097;
    /// From 0000-03-01 to 1970-01-01.
    private static final long EPOCH_SHIFT = 719_468;

    private CivilDates() {}

    /// The date as `year << 16 | month << 8 | day`.
    static long fromDays(long days) {
        long shifted = days + EPOCH_SHIFT;
        long era = Math.floorDiv(shifted, DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | day;
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

    static long toDays(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, 400);
        long yearOfEra = marchYear - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_SHIFT;
    }
}
