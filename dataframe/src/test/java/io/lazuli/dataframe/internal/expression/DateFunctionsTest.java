package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.call;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkCall;
import static io.lazuli.dataframe.internal.expression.Evaluations.checkRows;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.type.DataType;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each function of dates and times against java.time, on all of the range, its ends among them.
class DateFunctionsTest {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 150)
    void fieldsOfDays(@ForAll("shapes") Shape shape) {
        day(shape, DateFunction.QUARTER, DataType.INT, d -> d.get(IsoFields.QUARTER_OF_YEAR));
        day(shape, DateFunction.DAY_OF_YEAR, DataType.INT, LocalDate::getDayOfYear);
        day(shape, DateFunction.WEEK, DataType.INT, d -> d.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        day(shape, DateFunction.ISO_YEAR, DataType.INT, d -> d.get(IsoFields.WEEK_BASED_YEAR));
        day(shape, DateFunction.DAYS_IN_MONTH, DataType.INT, LocalDate::lengthOfMonth);
        day(shape, DateFunction.MONTH_NAME, DataType.UTF8,
                d -> d.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        day(shape, DateFunction.DAY_NAME, DataType.UTF8,
                d -> d.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    @Property(tries = 150)
    void testsOfDays(@ForAll("shapes") Shape shape) {
        day(shape, DateFunction.IS_LEAP_YEAR, DataType.BOOL, LocalDate::isLeapYear);
        day(shape, DateFunction.IS_MONTH_START, DataType.BOOL, d -> d.getDayOfMonth() == 1);
        day(shape, DateFunction.IS_MONTH_END, DataType.BOOL, d -> d.getDayOfMonth() == d.lengthOfMonth());
        day(shape, DateFunction.IS_QUARTER_START, DataType.BOOL, d -> d.get(IsoFields.DAY_OF_QUARTER) == 1);
        day(shape, DateFunction.IS_QUARTER_END, DataType.BOOL,
                d -> d.plusDays(1).get(IsoFields.DAY_OF_QUARTER) == 1);
        day(shape, DateFunction.IS_YEAR_START, DataType.BOOL, d -> d.getDayOfYear() == 1);
        day(shape, DateFunction.IS_YEAR_END, DataType.BOOL, d -> d.getDayOfYear() == d.lengthOfYear());
    }

    /// Of dates and of times.
    private static void day(Shape shape, DateFunction function, DataType result,
            Function<LocalDate, Object> specification) {
        checkCall(shape, DataType.DATE, days(shape), call(function, DataType.DATE, result),
                d -> specification.apply(LocalDate.ofEpochDay((int) d)));
        checkCall(shape, DataType.TIMESTAMP, times(shape), call(function, DataType.TIMESTAMP, result),
                t -> specification.apply(time(t).toLocalDate()));
    }

    @Property(tries = 150)
    void fieldsOfTimes(@ForAll("shapes") Shape shape) {
        time(shape, DateFunction.MINUTE, DataType.INT, LocalDateTime::getMinute);
        time(shape, DateFunction.SECOND, DataType.INT, LocalDateTime::getSecond);
        time(shape, DateFunction.MILLISECOND, DataType.INT, t -> t.get(ChronoField.MILLI_OF_SECOND));
        time(shape, DateFunction.MICROSECOND, DataType.INT, t -> t.get(ChronoField.MICRO_OF_SECOND));
        time(shape, DateFunction.TIME_OF_DAY, DataType.DURATION, t -> t.toLocalTime().toNanoOfDay() / 1000);
        time(shape, DateFunction.EPOCH_SECONDS, DataType.LONG, t -> t.toEpochSecond(ZoneOffset.UTC));
        time(shape, DateFunction.EPOCH_MILLIS, DataType.LONG, t -> t.toInstant(ZoneOffset.UTC).toEpochMilli());
        time(shape, DateFunction.EPOCH_MICROS, DataType.LONG, DateFunctionsTest::micros);
    }

    @Property(tries = 150)
    void truncating(@ForAll("shapes") Shape shape) {
        day(shape, "MONTH", d -> d.withDayOfMonth(1));
        day(shape, "QUARTER", d -> d.with(IsoFields.DAY_OF_QUARTER, 1));
        day(shape, "YEAR", d -> d.withDayOfYear(1));
        day(shape, "WEEK", d -> d.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP, t -> micros(t.truncatedTo(ChronoUnit.DAYS)), "DAY");
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP, t -> micros(t.truncatedTo(ChronoUnit.HOURS)), "HOUR");
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP, t -> micros(t.truncatedTo(ChronoUnit.MINUTES)),
                "MINUTE");
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP, t -> micros(t.truncatedTo(ChronoUnit.SECONDS)),
                "SECOND");
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP, t -> micros(t.truncatedTo(ChronoUnit.MILLIS)),
                "MILLISECOND");
    }

    private static void day(Shape shape, String unit, Function<LocalDate, LocalDate> specification) {
        checkCall(shape, DataType.DATE, days(shape), call(DateFunction.TRUNCATE, DataType.DATE, DataType.DATE, unit),
                d -> Math.toIntExact(specification.apply(LocalDate.ofEpochDay((int) d)).toEpochDay()));
        time(shape, DateFunction.TRUNCATE, DataType.TIMESTAMP,
                t -> micros(specification.apply(t.toLocalDate()).atStartOfDay()), unit);
    }

    @Property(tries = 150)
    void roundingToDurations(@ForAll("shapes") Shape shape,
            @ForAll @LongRange(min = 1, max = MICROS_PER_DAY) long step) {
        time(shape, DateFunction.FLOOR, DataType.TIMESTAMP, t -> multiple(t, step, 0), step);
        time(shape, DateFunction.CEIL, DataType.TIMESTAMP,
                t -> Math.floorMod(micros(t), step) == 0 ? (Object) micros(t) : multiple(t, step, 1), step);
        time(shape, DateFunction.ROUND, DataType.TIMESTAMP,
                t -> multiple(t, step, Math.floorMod(micros(t), step) * 2 >= step ? 1 : 0), step);
    }

    private static long multiple(LocalDateTime time, long step, int more) {
        return Math.multiplyExact(Math.floorDiv(micros(time), step) + more, step);
    }

    @Property(tries = 200)
    void adding(@ForAll("shapes") Shape shape) {
        Random random = new Random(shape.seed());
        List<Long> small = new ArrayList<>();
        for (int row = 0; row < shape.length(); row++) {
            small.add(random.nextInt(5) == 0 ? null : (long) random.nextInt(100_000) - 50_000);
        }
        for (List<?> added : List.of(small, shape.values(DataType.LONG, 1))) {
            plus(shape, DateFunction.PLUS_DAYS, added, LocalDateTime::plusDays);
            plus(shape, DateFunction.PLUS_MONTHS, added, LocalDateTime::plusMonths);
        }
    }

    private interface Plus {
        LocalDateTime apply(LocalDateTime time, long added);
    }

    private static void plus(Shape shape, DateFunction function, List<?> added, Plus specification) {
        BoundExpr more = input(1, DataType.LONG);
        checkRows(shape, List.of(DataType.DATE, DataType.LONG), List.of(days(shape), added),
                new Call(function, List.of(input(0, DataType.DATE), more), DataType.DATE), row -> {
                    LocalDateTime sum =
                            sum(row, LocalDate.ofEpochDay(row.get(0) == null ? 0 : (int) row.get(0)).atStartOfDay(),
                                    specification);
                    return sum == null ? null : (Object) Math.toIntExact(sum.toLocalDate().toEpochDay());
                });
        checkRows(shape, List.of(DataType.TIMESTAMP, DataType.LONG), List.of(times(shape), added),
                new Call(function, List.of(input(0, DataType.TIMESTAMP), more), DataType.TIMESTAMP), row -> {
                    LocalDateTime sum =
                            sum(row, row.get(0) == null ? LocalDateTime.MIN : time(row.get(0)), specification);
                    return sum == null ? null : (Object) micros(sum);
                });
    }

    private static LocalDateTime sum(List<Object> row, LocalDateTime time, Plus specification) {
        if (row.get(0) == null || row.get(1) == null) {
            return null;
        }
        try {
            return specification.apply(time, (long) row.get(1));
        } catch (DateTimeException e) {
            throw new ArithmeticException(e.getMessage());
        }
    }

    @Property(tries = 100)
    void zones(@ForAll("shapes") Shape shape) {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC",
                "+02:00", "Pacific/Apia")) {
            ZoneId id = ZoneId.of(zone);
            List<Long> near = near(shape);
            checkCall(shape, DataType.TIMESTAMP, near,
                    call(DateFunction.UTC_TO_ZONE, DataType.TIMESTAMP, DataType.TIMESTAMP, zone),
                    t -> micros(LocalDateTime.ofInstant(time(t).toInstant(ZoneOffset.UTC), id)));
            checkCall(shape, DataType.TIMESTAMP, near,
                    call(DateFunction.ZONE_TO_UTC, DataType.TIMESTAMP, DataType.TIMESTAMP, zone),
                    t -> micros(LocalDateTime.ofInstant(time(t).atZone(id).toInstant(), ZoneOffset.UTC)));
        }
    }

    /// Times from 1850 to 2100, many of them within a day of another.
    private static List<Long> near(Shape shape) {
        Random random = new Random(shape.seed());
        List<Long> times = new ArrayList<>();
        long time = 0;
        for (int row = 0; row < shape.length(); row++) {
            time = random.nextInt(10) == 0
                    ? random.nextLong(-120 * 365 * MICROS_PER_DAY, 130 * 365 * MICROS_PER_DAY)
                    : time + random.nextLong(10 * MICROS_PER_DAY);
            times.add(random.nextInt(10) == 0 ? null : time);
        }
        return times;
    }

    @Test
    void everyHourAroundChangesOfTheClock_isAsJavaTimeHasIt() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        List<Object> hours = new ArrayList<>();
        for (LocalDateTime t = LocalDateTime.of(2026, 3, 28, 0, 0); t.getMonth() != Month.APRIL;
                t = t.plusMinutes(15)) {
            hours.add(micros(t));
            hours.add(micros(t.plusDays(210)));
        }
        Call toUtc = call(DateFunction.ZONE_TO_UTC, DataType.TIMESTAMP, DataType.TIMESTAMP, "Europe/Berlin");

        assertThat(Evaluations.evaluate(toUtc, List.of(DataType.TIMESTAMP), List.of(hours))).isEqualTo(hours.stream()
                .map(t -> (Object) micros(LocalDateTime.ofInstant(time(t).atZone(berlin).toInstant(), ZoneOffset.UTC)))
                .toList());
    }

    @Property(tries = 50)
    void formatting(@ForAll("shapes") Shape shape) {
        for (String pattern : List.of("yyyy-MM-dd HH:mm:ss", "EEE d MMM uuuu, h a", "DDD.SSSSSS")) {
            DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
            time(shape, DateFunction.FORMAT, DataType.UTF8, formatter::format, pattern);
        }
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern("dd/MM/uu", Locale.ENGLISH);
        checkCall(shape, DataType.DATE, days(shape),
                call(DateFunction.FORMAT, DataType.DATE, DataType.UTF8, "dd/MM/uu"),
                d -> LocalDate.ofEpochDay((int) d).format(formatter));
    }

    @Property(tries = 100)
    void durations(@ForAll("shapes") Shape shape) {
        List<Object> values = shape.values(DataType.DURATION, 0);
        duration(shape, values, DateFunction.TO_DAYS, MICROS_PER_DAY);
        duration(shape, values, DateFunction.TO_HOURS, 3_600_000_000L);
        duration(shape, values, DateFunction.TO_MINUTES, 60_000_000);
        duration(shape, values, DateFunction.TO_SECONDS, 1_000_000);
        duration(shape, values, DateFunction.TO_MILLIS, 1000);
        duration(shape, values, DateFunction.TO_MICROS, 1);
        checkCall(shape, DataType.DURATION, values,
                call(DateFunction.TOTAL_SECONDS, DataType.DURATION, DataType.FLOAT64),
                d -> (long) d / 1e6);
    }

    private static void duration(Shape shape, List<Object> values, DateFunction function, long unit) {
        checkCall(shape, DataType.DURATION, values, call(function, DataType.DURATION, DataType.LONG),
                d -> (long) d / unit);
    }

    @Property(tries = 100)
    void fromEpoch(@ForAll("shapes") Shape shape) {
        List<Object> values = shape.values(DataType.LONG, 0);
        checkCall(shape, DataType.LONG, values,
                call(DateFunction.FROM_EPOCH_SECONDS, DataType.LONG, DataType.TIMESTAMP),
                s -> Math.multiplyExact((long) s, 1_000_000L));
        checkCall(shape, DataType.LONG, values, call(DateFunction.FROM_EPOCH_MILLIS, DataType.LONG, DataType.TIMESTAMP),
                s -> Math.multiplyExact((long) s, 1000L));
        checkCall(shape, DataType.LONG, values, call(DateFunction.FROM_EPOCH_MICROS, DataType.LONG, DataType.TIMESTAMP),
                s -> s);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void theEndsOfTime_areErrorsWhereNothingIsBeyond(long end) {
        boolean isStart = end < 0;
        Call call = isStart
                ? call(DateFunction.TRUNCATE, DataType.TIMESTAMP, DataType.TIMESTAMP, "HOUR")
                : call(DateFunction.CEIL, DataType.TIMESTAMP, DataType.TIMESTAMP, 3_600_000_000L);

        assertThatThrownBy(
                () -> Evaluations.evaluate(call, List.of(DataType.TIMESTAMP), List.of(Arrays.asList(null, end))))
                .hasMessage(isStart
                        ? "Overflow: the start of the HOUR of -290308-12-21 19:59:05.224192 does not fit TIMESTAMP."
                                + " Filter such rows out first."
                        : "Overflow: 294247-01-10 04:00:54.775807 to a multiple of 3600000000 microseconds does not fit"
                                + " TIMESTAMP. Filter such rows out first.");
    }

    private static void time(Shape shape, DateFunction function, DataType result,
            Function<LocalDateTime, Object> specification, Object... constants) {
        checkCall(shape, DataType.TIMESTAMP, times(shape), call(function, DataType.TIMESTAMP, result, constants),
                t -> specification.apply(time(t)));
    }

    /// All of the range, and often what lies around 1970.
    private static List<Object> times(Shape shape) {
        List<Object> times = new ArrayList<>(shape.values(DataType.TIMESTAMP, 0));
        Random random = new Random(shape.seed());
        times.replaceAll(t -> t == null || random.nextInt(50) == 0 ? t : (Object) ((long) t * 123_456_789_123L));
        return times;
    }

    private static List<Object> days(Shape shape) {
        List<Object> days = new ArrayList<>(shape.values(DataType.DATE, 0));
        Random random = new Random(shape.seed());
        days.replaceAll(d -> d == null || random.nextInt(50) == 0 ? d : (Object) ((int) d % 1_000_000));
        return days;
    }

    private static LocalDateTime time(Object micros) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus((long) micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static long micros(LocalDateTime time) {
        Instant instant = time.toInstant(ZoneOffset.UTC);
        long seconds = instant.getEpochSecond();
        // from the next second before 1970, so that the least time is reached
        return seconds >= 0
                ? Math.addExact(Math.multiplyExact(seconds, 1_000_000L), instant.getNano() / 1000)
                : Math.addExact(Math.multiplyExact(seconds + 1, 1_000_000L), instant.getNano() / 1000 - 1_000_000);
    }
}
