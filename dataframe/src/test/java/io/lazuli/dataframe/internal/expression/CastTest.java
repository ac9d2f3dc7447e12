package io.lazuli.dataframe.internal.expression;

import static io.lazuli.dataframe.internal.expression.Evaluations.checkUnary;
import static io.lazuli.dataframe.internal.expression.Evaluations.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.Shape;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CastTest {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    @Provide
    Arbitrary<Shape> shapes() {
        return Shape.any();
    }

    @Property(tries = 100)
    void bool_toNumber_isZeroOrOne(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.BOOL, to(DataType.INT), b -> (boolean) b ? 1 : 0);
        checkUnary(shape, DataType.BOOL, to(DataType.LONG), b -> (boolean) b ? 1L : 0L);
        checkUnary(shape, DataType.BOOL, to(DataType.FLOAT64), b -> (boolean) b ? 1.0 : 0.0);
    }

    @Property(tries = 200)
    void integers_toNumbers(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.INT, to(DataType.LONG), i -> (long) (int) i);
        checkUnary(shape, DataType.INT, to(DataType.FLOAT64), i -> (double) (int) i);
        checkUnary(shape, DataType.LONG, to(DataType.FLOAT64), i -> (double) (long) i);
        checkUnary(shape, DataType.LONG, to(DataType.INT), i -> Math.toIntExact((long) i));
    }

    @Property(tries = 200)
    void doubles_toIntegers_truncate(@ForAll("shapes") Shape shape) {
        List<Double> fitting = shape.values(DataType.FLOAT64, 0).stream()
                .map(d -> d == null || !(Math.abs((double) d) < 1e9) ? null : (Double) d)
                .toList();
        checkUnary(shape, DataType.FLOAT64, fitting, to(DataType.INT), d -> (int) (double) d);
        checkUnary(shape, DataType.FLOAT64, fitting, to(DataType.LONG), d -> (long) (double) d);
        // NumberFormatException for NaN and infinities is an IllegalArgumentException
        checkUnary(shape, DataType.FLOAT64, to(DataType.INT),
                d -> new BigDecimal((double) d).toBigInteger().intValueExact());
        checkUnary(shape, DataType.FLOAT64, to(DataType.LONG),
                d -> new BigDecimal((double) d).toBigInteger().longValueExact());
    }

    @Property(tries = 200)
    void dates_andTimestamps(@ForAll("shapes") Shape shape) {
        checkUnary(shape, DataType.TIMESTAMP, to(DataType.DATE),
                t -> Math.toIntExact(Math.floorDiv((long) t, MICROS_PER_DAY)));
        checkUnary(shape, DataType.DATE, to(DataType.TIMESTAMP),
                d -> Math.multiplyExact((long) (int) d, MICROS_PER_DAY));
        List<Integer> fitting =
                shape.values(DataType.DATE, 0).stream().map(d -> d == null ? null : (int) d % 106_751_992).toList();
        checkUnary(shape, DataType.DATE, fitting, to(DataType.TIMESTAMP), d -> (int) d * MICROS_PER_DAY);
    }

    @Property(tries = 200)
    void anything_toText(@ForAll("shapes") Shape shape) {
        for (DataType type : List.of(DataType.BOOL, DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8)) {
            checkUnary(shape, type, to(DataType.UTF8), String::valueOf);
        }
    }

    @Property(tries = 200)
    void text_roundTrips(@ForAll("shapes") Shape shape, @ForAll DataType.Simple type) {
        checkUnary(shape, type, x -> new Cast(new Cast(x, DataType.UTF8), type), x -> x);
    }

    @Property(tries = 200)
    void doubles_fromText_asTheJdkReadsThem(@ForAll("shapes") Shape shape) {
        Random random = new Random(shape.seed());
        List<String> texts = IntStream.range(0, shape.length()).mapToObj(i -> decimal(random)).toList();
        checkUnary(shape, DataType.UTF8, texts, to(DataType.FLOAT64), text -> Double.parseDouble((String) text));
    }

    private static String decimal(Random random) {
        String digits = Long.toString(random.nextLong() >> random.nextInt(64));
        String fraction = random.nextBoolean() ? "." + Long.toString(random.nextLong() >>> 1 + random.nextInt(63)) : "";
        String exponent = random.nextBoolean() ? "e" + (random.nextInt(700) - 350) / (1 + random.nextInt(30)) : "";
        return digits + fraction + exponent;
    }

    @Property(tries = 200)
    void datesAndTimes_readAsTheJdkWritesThem(@ForAll("shapes") Shape shape) {
        Random random = new Random(shape.seed());
        List<LocalDateTime> times = IntStream.range(0, shape.length())
                .mapToObj(i -> LocalDateTime.of(1, 1, 1, 0, 0).plusDays(random.nextInt(3_000_000)).plus(
                        random.nextLong(MICROS_PER_DAY), ChronoUnit.MICROS))
                .toList();
        checkUnary(shape, DataType.UTF8, times.stream().map(LocalDateTime::toString).toList(), to(DataType.TIMESTAMP),
                text -> micros(LocalDateTime.parse((String) text)));
        checkUnary(shape, DataType.UTF8, times.stream().map(t -> t.toLocalDate().toString()).toList(),
                to(DataType.DATE),
                text -> (int) LocalDate.parse((String) text).toEpochDay());
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
        List<Long> seconds = times.stream().map(t -> micros(t.truncatedTo(ChronoUnit.SECONDS))).toList();
        checkUnary(shape, DataType.TIMESTAMP, seconds, to(DataType.UTF8),
                t -> LocalDateTime.ofEpochSecond((long) t / 1_000_000, 0, ZoneOffset.UTC).format(format));
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    @ParameterizedTest
    @CsvSource({
        "INT, ' +42 ', 42",
        "INT, -2147483648, -2147483648",
        "LONG, -9223372036854775808, -9223372036854775808",
        "FLOAT64, .5, 0.5",
        "FLOAT64, '5. ', 5.0",
        "FLOAT64, -iNf, -Infinity",
        "FLOAT64, nan, NaN",
        "FLOAT64, -0, -0.0",
        "FLOAT64, 1e999999999999999999999999, Infinity",
        "BOOL, TRUE, true",
        "BOOL, ' False', false",
        "DATE, -0001-03-01, -719834",
        "TIMESTAMP, 1970-01-01T00:00, 0",
        "TIMESTAMP, 1970-01-02, 86400000000",
        "TIMESTAMP, 1969-12-31 23:59:59.5, -500000",
        "TIMESTAMP, 2000-02-29 10:20:30.000001, 951819630000001",
    })
    void text_accepted(DataType.Simple type, String text, String value) {
        assertThat(cast(text, type).toString()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "INT, ''", "INT, 2147483648", "INT, 1.0", "INT, 1 2", "INT, +", "INT, 0x10", "INT, ١",
        "LONG, 9223372036854775808",
        "LONG, -9223372036854775809", "LONG, 99999999999999999999", "LONG, --1", "FLOAT64, 1f", "FLOAT64, .",
        "FLOAT64, 1e", "FLOAT64, 1e+",
        "FLOAT64, 0x1p3", "FLOAT64, infin", "FLOAT64, '1,5'", "BOOL, yes", "BOOL, 1", "DATE, 2026-02-29",
        "DATE, 2026-13-01",
        "DATE, 2026-00-01", "DATE, 2026-4-1", "DATE, 26-04-01", "DATE, 2026-04-31", "DATE, 20260401",
        "DATE, 9999999-01-01", "DATE, 2026-04-00",
        "TIMESTAMP, 2026-04-01 24:00:00", "TIMESTAMP, 2026-04-01 10:60", "TIMESTAMP, 2026-04-01 10",
        "TIMESTAMP, 2026-04-01T10:00Z",
        "TIMESTAMP, 2026-04-01 10:00:00.", "TIMESTAMP, 2026-04-01 10:00:00.1234567", "TIMESTAMP, 300000-01-01",
        "TIMESTAMP, -300000-01-01", "TIMESTAMP, 294247-01-10 04:00:54.775808",
        "TIMESTAMP, -290308-12-21 19:59:05.224191"
    })
    void text_refused(DataType.Simple type, String text) {
        assertThatThrownBy(() -> cast(text, type))
                .hasMessageStartingWith("Cannot cast '" + text + "' from UTF8 to " + type + ": expected ");
    }

    @Test
    void failures_sayWhatWasExpected() {
        assertThatThrownBy(() -> cast("n/a", DataType.INT))
                .hasMessage("Cannot cast 'n/a' from UTF8 to INT: expected an integer from -2147483648 to 2147483647."
                        + " Filter such rows out or cast to another type.");
        assertThatThrownBy(() -> cast("x".repeat(100), DataType.DATE))
                .hasMessage(
                        "Cannot cast '" + "x".repeat(60) + "...' from UTF8 to DATE: expected a date such as 2026-07-31."
                                + " Filter such rows out or cast to another type.");
        assertThatThrownBy(() -> cast(Double.NaN, DataType.FLOAT64, DataType.LONG))
                .hasMessageStartingWith(
                        "Cannot cast NaN from FLOAT64 to LONG: expected an integer from -9223372036854775808 to");
        assertThatThrownBy(() -> cast(106_751_992, DataType.DATE, DataType.TIMESTAMP))
                .hasMessageStartingWith(
                        "Cannot cast 294247-01-11 from DATE to TIMESTAMP: expected a day from -290308-12-22 to 294247-01-10");
        assertThat(cast(-106_751_991, DataType.DATE, DataType.UTF8)).isEqualTo("-290308-12-22");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE})
    void extremeTimes_roundTrip(long micros) {
        Object text = cast(micros, DataType.TIMESTAMP, DataType.UTF8);

        assertThat(cast((String) text, DataType.TIMESTAMP)).isEqualTo(micros);
    }

    private static Object cast(String text, DataType to) {
        return cast(text, DataType.UTF8, to);
    }

    private static Object cast(Object value, DataType from, DataType to) {
        BoundExpr expression = new Cast(input(0, from), to);
        return Evaluations.evaluate(expression, List.of(from), List.of(Arrays.asList(value))).getFirst();
    }

    private static UnaryOperator<BoundExpr> to(DataType type) {
        return operand -> new Cast(operand, type);
    }

    @Test
    void everyListedPair_hasAKernel() {
        List<DataType> numbers = List.of(DataType.INT, DataType.LONG, DataType.FLOAT64);
        for (DataType from : DataType.Simple.values()) {
            for (DataType to : DataType.Simple.values()) {
                boolean listed = from == to || from == DataType.UTF8 || to == DataType.UTF8
                        || from.isNumeric() && to.isNumeric()
                        || from == DataType.BOOL && numbers.contains(to)
                        || List.of(from, to).containsAll(List.of(DataType.DATE, DataType.TIMESTAMP));
                Runnable cast = () -> Evaluations.evaluate(new Cast(input(0, from), to), List.of(from),
                        List.of(Arrays.asList((Object) null)));
                if (listed) {
                    cast.run();
                } else {
                    assertThatThrownBy(cast::run).hasMessage("no cast from " + from + " to " + to);
                }
            }
        }
    }
}
