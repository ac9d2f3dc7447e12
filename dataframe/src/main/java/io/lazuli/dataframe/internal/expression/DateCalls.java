package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Shapes.checked;
import static io.lazuli.dataframe.internal.expression.Shapes.checkedBinary;
import static io.lazuli.dataframe.internal.expression.Shapes.transform;
import static io.lazuli.dataframe.internal.expression.Shapes.unary;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.kernel.DateKernels;
import io.lazuli.dataframe.internal.kernel.TextBuilding;
import io.lazuli.dataframe.internal.kernel.TimeKernels;
import io.lazuli.dataframe.internal.kernel.TimePattern;
import io.lazuli.dataframe.internal.kernel.ZoneShift;
import io.lazuli.dataframe.type.DataType;
import java.util.List;

/// Chooses kernels for functions of dates, times and durations. Fields of days are taken from times by way of their day.
final class DateCalls {
    private static final long MILLI = 1000;
    private static final long SECOND = 1000 * MILLI;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /// From 1, as the fields count.
    private static final List<String> MONTHS =
            List.of("", "January", "February", "March", "April", "May", "June", "July",
                    "August", "September", "October", "November", "December");
    private static final List<String> DAYS =
            List.of("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");

    private DateCalls() {}

    static PreparedExpr prepare(DateFunction function, Call call, List<PreparedExpr> arguments) {
        PreparedExpr time = arguments.getFirst();
        DataType type = call.arguments().getFirst().type();
        return switch (function) {
            case YEAR -> ofDay(type, time, DateKernels::year);
            case QUARTER -> ofDay(type, time, DateKernels::quarter);
            case MONTH -> ofDay(type, time, DateKernels::month);
            case DAY -> ofDay(type, time, DateKernels::day);
            case DAY_OF_WEEK -> ofDay(type, time, DateKernels::dayOfWeek);
            case DAY_OF_YEAR -> ofDay(type, time, DateKernels::dayOfYear);
            case WEEK -> ofDay(type, time, DateKernels::week);
            case ISO_YEAR -> ofDay(type, time, DateKernels::isoYear);
            case DAYS_IN_MONTH -> ofDay(type, time, DateKernels::daysInMonth);
            case MONTH_NAME -> name(ofDay(type, time, DateKernels::month), MONTHS);
            case DAY_NAME -> name(ofDay(type, time, DateKernels::dayOfWeek), DAYS);
            case IS_LEAP_YEAR -> test(type, time, DateKernels::isLeapYear);
            case IS_MONTH_START -> test(type, time, DateKernels::isMonthStart);
            case IS_MONTH_END -> test(type, time, DateKernels::isMonthEnd);
            case IS_QUARTER_START -> test(type, time, DateKernels::isQuarterStart);
            case IS_QUARTER_END -> test(type, time, DateKernels::isQuarterEnd);
            case IS_YEAR_START -> test(type, time, DateKernels::isYearStart);
            case IS_YEAR_END -> test(type, time, DateKernels::isYearEnd);
            case HOUR -> unary(DataType.INT, time, TimeKernels::hour);
            case MINUTE -> unary(DataType.INT, time, TimeKernels::minute);
            case SECOND -> unary(DataType.INT, time, TimeKernels::second);
            case MILLISECOND -> unary(DataType.INT, time, TimeKernels::millisecond);
            case MICROSECOND -> unary(DataType.INT, time, TimeKernels::microsecond);
            case TIME_OF_DAY -> unary(DataType.DURATION, time, TimeKernels::timeOfDay);
            case TRUNCATE -> truncate(type, time, Constant.of(arguments.get(1)).textValue());
            case FLOOR, CEIL, ROUND -> step(function, time, Constant.of(arguments.get(1)).longValue());
            case PLUS_DAYS -> checkedBinary(type, time, arguments.get(1),
                    type == DataType.DATE ? TimeKernels::plusDays : TimeKernels::plusDaysToTimes,
                    (x, n) -> x + " plus " + n + " days");
            case PLUS_MONTHS -> checkedBinary(type, time, arguments.get(1),
                    type == DataType.DATE ? TimeKernels::plusMonths : TimeKernels::plusMonthsToTimes,
                    (x, n) -> x + " plus " + n + " months");
            case EPOCH_SECONDS -> floorUnits(time, SECOND);
            case EPOCH_MILLIS -> floorUnits(time, MILLI);
            case EPOCH_MICROS -> floorUnits(time, 1);
            case FROM_EPOCH_SECONDS -> fromUnits(time, SECOND);
            case FROM_EPOCH_MILLIS -> fromUnits(time, MILLI);
            case FROM_EPOCH_MICROS -> transform(time, (micros, scratch) -> micros.withType(DataType.TIMESTAMP));
            case FORMAT -> transform(time, TimePattern.of(Constant.of(arguments.get(1)).textValue())::format);
            case UTC_TO_ZONE, ZONE_TO_UTC -> shift(function, time, Constant.of(arguments.get(1)).textValue());
            case TO_DAYS -> wholeUnits(time, DAY);
            case TO_HOURS -> wholeUnits(time, HOUR);
            case TO_MINUTES -> wholeUnits(time, MINUTE);
            case TO_SECONDS -> wholeUnits(time, SECOND);
            case TO_MILLIS -> wholeUnits(time, MILLI);
            case TO_MICROS -> wholeUnits(time, 1);
            case TOTAL_SECONDS -> unary(DataType.FLOAT64, time, TimeKernels::totalSeconds);
        };
    }

    private static PreparedExpr ofDay(DataType type, PreparedExpr time, Shapes.Loop loop) {
        return unary(DataType.INT, Casts.toDate(type, time), loop);
    }

    private static PreparedExpr test(DataType type, PreparedExpr time, Shapes.Loop loop) {
        return unary(DataType.BOOL, Casts.toDate(type, time), loop);
    }

    private static PreparedExpr name(PreparedExpr number, List<String> names) {
        return transform(number, (column, scratch) -> TextBuilding.lookUp(names, column, scratch));
    }

    private static PreparedExpr floorUnits(PreparedExpr time, long unit) {
        return unary(DataType.LONG, time, (x, n, result) -> TimeKernels.floorUnits(x, unit, n, result));
    }

    private static PreparedExpr wholeUnits(PreparedExpr duration, long unit) {
        return unary(DataType.LONG, duration, (x, n, result) -> TimeKernels.wholeUnits(x, unit, n, result));
    }

    private static PreparedExpr fromUnits(PreparedExpr number, long unit) {
        return checked(DataType.TIMESTAMP, number, (x, n, result) -> TimeKernels.fromUnits(x, unit, n, result),
                x -> x + " times " + unit + " microseconds since 1970");
    }

    private static PreparedExpr step(DateFunction function, PreparedExpr time, long step) {
        Shapes.CheckedLoop loop =
                switch (function) {
                    case FLOOR -> (x, n, result) -> TimeKernels.floor(x, step, n, result);
                    case CEIL -> (x, n, result) -> TimeKernels.ceil(x, step, n, result);
                    default -> (x, n, result) -> TimeKernels.round(x, step, n, result);
                };
        return checked(DataType.TIMESTAMP, time, loop, x -> x + " to a multiple of " + step + " microseconds");
    }

    private static PreparedExpr shift(DateFunction function, PreparedExpr time, String zone) {
        ZoneShift shift = new ZoneShift(zone);
        return function == DateFunction.UTC_TO_ZONE
                ? checked(DataType.TIMESTAMP, time, shift::fromUtc, x -> x + " in " + zone)
                : checked(DataType.TIMESTAMP, time, shift::toUtc, x -> x + " of " + zone + " in UTC");
    }

    private static PreparedExpr truncate(DataType type, PreparedExpr time, String unit) {
        return switch (unit) {
            case "MILLISECOND" -> floor(time, MILLI, unit);
            case "SECOND" -> floor(time, SECOND, unit);
            case "MINUTE" -> floor(time, MINUTE, unit);
            case "HOUR" -> floor(time, HOUR, unit);
            case "DAY" -> type == DataType.DATE ? time : floor(time, DAY, unit);
            case "WEEK" -> firstDay(type, time, TimeKernels::truncateToWeek, unit);
            case "MONTH" -> firstDay(type, time, (x, n, r) -> TimeKernels.truncateToMonths(x, 1, n, r), unit);
            case "QUARTER" -> firstDay(type, time, (x, n, r) -> TimeKernels.truncateToMonths(x, 3, n, r), unit);
            case "YEAR" -> firstDay(type, time, (x, n, r) -> TimeKernels.truncateToMonths(x, 12, n, r), unit);
            default -> throw new IllegalArgumentException("no unit of time: " + unit);
        };
    }

    private static PreparedExpr floor(PreparedExpr time, long step, String unit) {
        return checked(DataType.TIMESTAMP, time, (x, n, result) -> TimeKernels.floor(x, step, n, result),
                x -> "the start of the " + unit + " of " + x);
    }

    private static PreparedExpr firstDay(DataType type, PreparedExpr time, Shapes.CheckedLoop loop, String unit) {
        PreparedExpr first =
                checked(DataType.DATE, Casts.toDate(type, time), loop, x -> "the start of the " + unit + " of " + x);
        return type == DataType.DATE ? first : Casts.toTimestamp(first);
    }
}
