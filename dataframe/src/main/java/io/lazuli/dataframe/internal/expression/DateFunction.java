package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Parameter.CONSTANT_DURATION;
import static io.lazuli.dataframe.internal.expression.Parameter.CONSTANT_TEXT;
import static io.lazuli.dataframe.internal.expression.Parameter.DATE;
import static io.lazuli.dataframe.internal.expression.Parameter.DURATION;
import static io.lazuli.dataframe.internal.expression.Parameter.LONG;
import static io.lazuli.dataframe.internal.expression.Parameter.TIMESTAMP;
import static io.lazuli.dataframe.internal.expression.Signature.gives;
import static io.lazuli.dataframe.internal.expression.Signature.same;
import static io.lazuli.dataframe.type.DataType.BOOL;
import static io.lazuli.dataframe.type.DataType.FLOAT64;
import static io.lazuli.dataframe.type.DataType.INT;
import static io.lazuli.dataframe.type.DataType.UTF8;

import io.lazuli.dataframe.type.DataType;

/// Functions of dates, times and durations.
public enum DateFunction implements ScalarFunction {
    YEAR(gives(INT, DATE)),
    QUARTER(gives(INT, DATE)),
    MONTH(gives(INT, DATE)),
    DAY(gives(INT, DATE)),
    /// Monday is 1.
    DAY_OF_WEEK(gives(INT, DATE)),
    DAY_OF_YEAR(gives(INT, DATE)),
    /// Week and year of ISO 8601.
    WEEK(gives(INT, DATE)),
    ISO_YEAR(gives(INT, DATE)),
    DAYS_IN_MONTH(gives(INT, DATE)),
    MONTH_NAME(gives(UTF8, DATE)),
    DAY_NAME(gives(UTF8, DATE)),
    IS_LEAP_YEAR(gives(BOOL, DATE)),
    IS_MONTH_START(gives(BOOL, DATE)),
    IS_MONTH_END(gives(BOOL, DATE)),
    IS_QUARTER_START(gives(BOOL, DATE)),
    IS_QUARTER_END(gives(BOOL, DATE)),
    IS_YEAR_START(gives(BOOL, DATE)),
    IS_YEAR_END(gives(BOOL, DATE)),
    HOUR(gives(INT, TIMESTAMP)),
    MINUTE(gives(INT, TIMESTAMP)),
    SECOND(gives(INT, TIMESTAMP)),
    /// Of the second.
    MILLISECOND(gives(INT, TIMESTAMP)),
    MICROSECOND(gives(INT, TIMESTAMP)),
    TIME_OF_DAY(gives(DataType.DURATION, TIMESTAMP)),
    /// The start of the unit (a name of DateUnit) that a date or time lies in.
    TRUNCATE(same(DATE, CONSTANT_TEXT).failing()),
    /// To a multiple of a duration since 1970.
    FLOOR(same(TIMESTAMP, CONSTANT_DURATION).failing()),
    CEIL(same(TIMESTAMP, CONSTANT_DURATION).failing()),
    ROUND(same(TIMESTAMP, CONSTANT_DURATION).failing()),
    PLUS_DAYS(same(DATE, LONG).failing()),
    /// The last day of the month where the month is too short.
    PLUS_MONTHS(same(DATE, LONG).failing()),
    /// Whole units since 1970, rounded down.
    EPOCH_SECONDS(gives(DataType.LONG, TIMESTAMP)),
    EPOCH_MILLIS(gives(DataType.LONG, TIMESTAMP)),
    EPOCH_MICROS(gives(DataType.LONG, TIMESTAMP)),
    FROM_EPOCH_SECONDS(gives(DataType.TIMESTAMP, LONG).failing()),
    FROM_EPOCH_MILLIS(gives(DataType.TIMESTAMP, LONG).failing()),
    FROM_EPOCH_MICROS(gives(DataType.TIMESTAMP, LONG)),
    /// By a pattern of java.time.
    FORMAT(gives(UTF8, DATE, CONSTANT_TEXT).failing()),
    /// The time in a zone when it is this time in UTC, and back.
    UTC_TO_ZONE(same(TIMESTAMP, CONSTANT_TEXT).failing()),
    ZONE_TO_UTC(same(TIMESTAMP, CONSTANT_TEXT).failing()),
    /// Whole units, truncated towards zero.
    TO_DAYS(gives(DataType.LONG, DURATION)),
    TO_HOURS(gives(DataType.LONG, DURATION)),
    TO_MINUTES(gives(DataType.LONG, DURATION)),
    TO_SECONDS(gives(DataType.LONG, DURATION)),
    TO_MILLIS(gives(DataType.LONG, DURATION)),
    TO_MICROS(gives(DataType.LONG, DURATION)),
    TOTAL_SECONDS(gives(FLOAT64, DURATION));

    private final Signature signature;

    DateFunction(Signature signature) {
        this.signature = signature;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    @Override
    public String namespace() {
        return "dt().";
    }

    @Override
    public boolean isStatic() {
        return this == FROM_EPOCH_SECONDS || this == FROM_EPOCH_MILLIS || this == FROM_EPOCH_MICROS;
    }
}
