package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.expression.DateFunction;
import io.lazuli.dataframe.type.DataType;
import java.time.Duration;
import java.time.ZoneId;

/// The operations on a DATE, TIMESTAMP or DURATION, reached by [Expr#dt]. Null gives null. Fields are INT. The calendar is
/// ISO 8601's, for all years.
///
/// A time minus a time is a DURATION; `plus` and `minus` of a [Duration] move times: see [Expr].
///
/// ```java
/// trips.groupBy(col("pickup").dt().hour().as("hour")).agg(count());
/// ```
public final class DateOperations {
    private final Expr date;

    DateOperations(Expr date) {
        this.date = date;
    }

    /// The year; that before year 1 is 0.
    public Expr year() {
        return ExprNode.Call.of(DateFunction.YEAR, date);
    }

    /// 1 to 4.
    public Expr quarter() {
        return ExprNode.Call.of(DateFunction.QUARTER, date);
    }

    /// January is 1.
    public Expr month() {
        return ExprNode.Call.of(DateFunction.MONTH, date);
    }

    /// Day of the month, from 1.
    public Expr day() {
        return ExprNode.Call.of(DateFunction.DAY, date);
    }

    /// Monday is 1, Sunday 7.
    public Expr dayOfWeek() {
        return ExprNode.Call.of(DateFunction.DAY_OF_WEEK, date);
    }

    /// From 1 to 366.
    public Expr dayOfYear() {
        return ExprNode.Call.of(DateFunction.DAY_OF_YEAR, date);
    }

    /// The week of ISO 8601, from 1 to 53; it belongs to [#isoYear].
    public Expr week() {
        return ExprNode.Call.of(DateFunction.WEEK, date);
    }

    /// The year that the ISO week belongs to, which around New Year may be another than [#year].
    public Expr isoYear() {
        return ExprNode.Call.of(DateFunction.ISO_YEAR, date);
    }

    /// 28 to 31.
    public Expr daysInMonth() {
        return ExprNode.Call.of(DateFunction.DAYS_IN_MONTH, date);
    }

    /// `January` to `December`, as UTF8.
    public Expr monthName() {
        return ExprNode.Call.of(DateFunction.MONTH_NAME, date);
    }

    /// `Monday` to `Sunday`, as UTF8.
    public Expr dayName() {
        return ExprNode.Call.of(DateFunction.DAY_NAME, date);
    }

    /// True in years of 366 days.
    public Expr isLeapYear() {
        return ExprNode.Call.of(DateFunction.IS_LEAP_YEAR, date);
    }

    /// True on the first day of a month.
    public Expr isMonthStart() {
        return ExprNode.Call.of(DateFunction.IS_MONTH_START, date);
    }

    /// True on the last day of a month.
    public Expr isMonthEnd() {
        return ExprNode.Call.of(DateFunction.IS_MONTH_END, date);
    }

    /// True on the first day of a quarter.
    public Expr isQuarterStart() {
        return ExprNode.Call.of(DateFunction.IS_QUARTER_START, date);
    }

    /// True on the last day of a quarter.
    public Expr isQuarterEnd() {
        return ExprNode.Call.of(DateFunction.IS_QUARTER_END, date);
    }

    /// True on January 1st.
    public Expr isYearStart() {
        return ExprNode.Call.of(DateFunction.IS_YEAR_START, date);
    }

    /// True on December 31st.
    public Expr isYearEnd() {
        return ExprNode.Call.of(DateFunction.IS_YEAR_END, date);
    }

    /// 0 to 23, of a TIMESTAMP.
    public Expr hour() {
        return ExprNode.Call.of(DateFunction.HOUR, date);
    }

    /// 0 to 59, of a TIMESTAMP.
    public Expr minute() {
        return ExprNode.Call.of(DateFunction.MINUTE, date);
    }

    /// 0 to 59, of a TIMESTAMP.
    public Expr second() {
        return ExprNode.Call.of(DateFunction.SECOND, date);
    }

    /// Whole milliseconds of the second, 0 to 999, of a TIMESTAMP.
    public Expr millisecond() {
        return ExprNode.Call.of(DateFunction.MILLISECOND, date);
    }

    /// Microseconds of the second, 0 to 999,999, of a TIMESTAMP.
    public Expr microsecond() {
        return ExprNode.Call.of(DateFunction.MICROSECOND, date);
    }

    /// The day that a TIMESTAMP belongs to, as DATE.
    public Expr date() {
        return ExprNode.Shorthand.of(date, "dt().date", date.cast(DataType.DATE));
    }

    /// What has passed since midnight, as DURATION.
    public Expr timeOfDay() {
        return ExprNode.Call.of(DateFunction.TIME_OF_DAY, date);
    }

    /// The start of the unit that the date or time lies in, in the same type. Errors: USER for units below a DAY of a DATE; DATA, at run,
    /// if that lies before the first time.
    public Expr truncate(DateUnit unit) {
        return ExprNode.Call.of(DateFunction.TRUNCATE, date, new ExprNode.Literal(unit));
    }

    /// The last multiple of a duration, counted from 1970-01-01T00:00, that is not after a TIMESTAMP. Errors: USER if the duration is
    /// below a microsecond; DATA, at run, if the result is out of range.
    public Expr floor(Duration step) {
        return ExprNode.Call.of(DateFunction.FLOOR, date, lit(step));
    }

    /// The first multiple that is not before it; see [#floor].
    public Expr ceil(Duration step) {
        return ExprNode.Call.of(DateFunction.CEIL, date, lit(step));
    }

    /// The nearest multiple, the later of two; see [#floor].
    public Expr round(Duration step) {
        return ExprNode.Call.of(DateFunction.ROUND, date, lit(step));
    }

    /// So many days later, in the same type. Errors: DATA, at run, if the result is out of range.
    public Expr plusDays(long days) {
        return plusDays(lit(days));
    }

    public Expr plusDays(Expr days) {
        return ExprNode.Call.of(DateFunction.PLUS_DAYS, date, days);
    }

    /// As [#plusDays], of seven days each.
    public Expr plusWeeks(long weeks) {
        return ExprNode.Shorthand.of(date, "dt().plusWeeks", plusDays(lit(weeks).times(7)), lit(weeks));
    }

    /// So many months later, in the same type; the last day of the month where it is too short. Errors: DATA, at run, if the result is out
    /// of range.
    public Expr plusMonths(long months) {
        return plusMonths(lit(months));
    }

    public Expr plusMonths(Expr months) {
        return ExprNode.Call.of(DateFunction.PLUS_MONTHS, date, months);
    }

    /// As [#plusMonths], of twelve months each: a 29th of February becomes a 28th.
    public Expr plusYears(long years) {
        return ExprNode.Shorthand.of(date, "dt().plusYears", plusMonths(lit(years).times(12)), lit(years));
    }

    /// So many hours later, as TIMESTAMP. Errors: DATA, at run, if the result is out of range.
    public Expr plusHours(long hours) {
        return plusHours(lit(hours));
    }

    public Expr plusHours(Expr hours) {
        return ExprNode.Shorthand.of(date, "dt().plusHours", date.plus(lit(Duration.ofHours(1)).times(hours)), hours);
    }

    /// So many minutes later, as TIMESTAMP. Errors: DATA, at run, if the result is out of range.
    public Expr plusMinutes(long minutes) {
        return plusMinutes(lit(minutes));
    }

    public Expr plusMinutes(Expr minutes) {
        return ExprNode.Shorthand.of(date, "dt().plusMinutes", date.plus(lit(Duration.ofMinutes(1)).times(minutes)),
                minutes);
    }

    /// So many seconds later, as TIMESTAMP. Errors: DATA, at run, if the result is out of range.
    public Expr plusSeconds(long seconds) {
        return plusSeconds(lit(seconds));
    }

    public Expr plusSeconds(Expr seconds) {
        return ExprNode.Shorthand.of(date, "dt().plusSeconds", date.plus(lit(Duration.ofSeconds(1)).times(seconds)),
                seconds);
    }

    /// Days of the calendar from this date to another, as LONG; the times of day do not matter.
    public Expr daysUntil(Expr end) {
        return ExprNode.Shorthand.of(date, "dt().daysUntil",
                Arguments.given(end, "end").cast(DataType.DATE).minus(date.cast(DataType.DATE)).dt().toDays(), end);
    }

    /// Whole seconds since 1970-01-01T00:00, rounded down, as LONG. See [Expressions#fromEpochSeconds] for the way back.
    public Expr epochSeconds() {
        return ExprNode.Call.of(DateFunction.EPOCH_SECONDS, date);
    }

    /// As [#epochSeconds], in milliseconds.
    public Expr epochMillis() {
        return ExprNode.Call.of(DateFunction.EPOCH_MILLIS, date);
    }

    /// As [#epochSeconds], in microseconds, exact.
    public Expr epochMicros() {
        return ExprNode.Call.of(DateFunction.EPOCH_MICROS, date);
    }

    /// The date or time as text, by a pattern of [java.time.format.DateTimeFormatter], with English names, such as `EEE dd.MM.yyyy`.
    /// Errors: USER if it is no pattern or asks for what a DATE does not have.
    public Expr format(String pattern) {
        return ExprNode.Call.of(DateFunction.FORMAT, date, lit(pattern));
    }

    /// The local time in a zone when it is this time in UTC. Errors: DATA, at run, if the result is out of range.
    public Expr utcToZone(ZoneId zone) {
        return ExprNode.Call.of(DateFunction.UTC_TO_ZONE, date, new ExprNode.Literal(zone));
    }

    /// The time in UTC when it is this local time in a zone. Of a time that was there twice (clocks put back) the earlier; one that never
    /// was (clocks put forward) counts as if the clock had not been put forward.
    public Expr zoneToUtc(ZoneId zone) {
        return ExprNode.Call.of(DateFunction.ZONE_TO_UTC, date, new ExprNode.Literal(zone));
    }

    /// A DURATION in whole days, truncated towards zero, as LONG.
    public Expr toDays() {
        return ExprNode.Call.of(DateFunction.TO_DAYS, date);
    }

    /// A DURATION in whole hours, truncated towards zero, as LONG.
    public Expr toHours() {
        return ExprNode.Call.of(DateFunction.TO_HOURS, date);
    }

    /// A DURATION in whole minutes, truncated towards zero, as LONG.
    public Expr toMinutes() {
        return ExprNode.Call.of(DateFunction.TO_MINUTES, date);
    }

    /// A DURATION in whole seconds, truncated towards zero, as LONG.
    public Expr toSeconds() {
        return ExprNode.Call.of(DateFunction.TO_SECONDS, date);
    }

    /// A DURATION in whole milliseconds, truncated towards zero, as LONG.
    public Expr toMillis() {
        return ExprNode.Call.of(DateFunction.TO_MILLIS, date);
    }

    /// A DURATION in whole microseconds, truncated towards zero, as LONG.
    public Expr toMicros() {
        return ExprNode.Call.of(DateFunction.TO_MICROS, date);
    }

    /// A DURATION in seconds with their fraction, as FLOAT64. pandas' `total_seconds`.
    public Expr totalSeconds() {
        return ExprNode.Call.of(DateFunction.TOTAL_SECONDS, date);
    }
}
