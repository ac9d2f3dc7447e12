package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.fromEpochSeconds;
import static io.lazuli.dataframe.Expressions.greatest;
import static io.lazuli.dataframe.Expressions.hash;
import static io.lazuli.dataframe.Expressions.joinTexts;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.column.TestColumns;
import io.lazuli.dataframe.internal.lowering.Lowering;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.Rule;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions as users call them: the code they print, the types they have, the errors they give, what they compute.
class FunctionsTest {
    private static final FakeSource SOURCE =
            FakeSource.of("trips", "s: UTF8", "x: FLOAT64", "n: INT", "l: LONG", "d: DATE",
                    "t: TIMESTAMP", "u: DURATION", "p: decimal(9,2)", "b: BINARY");
    private static final DataFrame TRIPS = SOURCE.frame();

    static Stream<Arguments> expressionsAndTheirCode() {
        return Stream.of(
                Arguments.of(col("s").str().padStart(5, '\'').str().slice(-3), DataType.UTF8,
                        "col(\"s\").str().padStart(5, '\\'').str().slice(-3)"),
                Arguments.of(col("s").str().splitPart(",", -1), DataType.UTF8, "col(\"s\").str().splitPart(\",\", -1)"),
                Arguments.of(col("s").str().left(2), DataType.UTF8, "col(\"s\").str().left(2)"),
                Arguments.of(col("s").str().findLast(col("s")), DataType.INT, "col(\"s\").str().findLast(col(\"s\"))"),
                Arguments.of(col("s").str().replaceRegex("a(.)", "$1"), DataType.UTF8,
                        "col(\"s\").str().replaceRegex(\"a(.)\", \"$1\")"),
                Arguments.of(col("s").str().like("a!%", '!'), DataType.BOOL, "col(\"s\").str().like(\"a!%\", '!')"),
                Arguments.of(joinTexts(", ", col("s"), lit("x")), DataType.UTF8,
                        "joinTexts(\", \", col(\"s\"), lit(\"x\"))"),
                Arguments.of(col("b").str().byteLength(), DataType.INT, "col(\"b\").str().byteLength()"),
                Arguments.of(col("t").dt().truncate(DateUnit.WEEK), DataType.TIMESTAMP,
                        "col(\"t\").dt().truncate(DateUnit.WEEK)"),
                Arguments.of(col("t").dt().floor(Duration.ofMinutes(15)), DataType.TIMESTAMP,
                        "col(\"t\").dt().floor(Duration.parse(\"PT15M\"))"),
                Arguments.of(col("t").dt().utcToZone(ZoneId.of("Europe/Berlin")), DataType.TIMESTAMP,
                        "col(\"t\").dt().utcToZone(ZoneId.of(\"Europe/Berlin\"))"),
                Arguments.of(col("d").dt().plusYears(1), DataType.DATE, "col(\"d\").dt().plusYears(1)"),
                Arguments.of(col("d").dt().plusHours(col("n")), DataType.TIMESTAMP,
                        "col(\"d\").dt().plusHours(col(\"n\"))"),
                Arguments.of(col("t").minus(col("d")), DataType.DURATION, "col(\"t\").minus(col(\"d\"))"),
                Arguments.of(col("d").plus(Duration.ofSeconds(1)), DataType.TIMESTAMP,
                        "col(\"d\").plus(Duration.parse(\"PT1S\"))"),
                Arguments.of(lit(2).times(col("u")), DataType.DURATION, "lit(2).times(col(\"u\"))"),
                Arguments.of(col("u").dividedBy(col("u")), DataType.FLOAT64, "col(\"u\").dividedBy(col(\"u\"))"),
                Arguments.of(col("d").dt().daysUntil(col("t")), DataType.LONG, "col(\"d\").dt().daysUntil(col(\"t\"))"),
                Arguments.of(fromEpochSeconds(col("n")), DataType.TIMESTAMP, "fromEpochSeconds(col(\"n\"))"),
                Arguments.of(col("p").plus(col("n")), DataType.decimal(13, 2), "col(\"p\").plus(col(\"n\"))"),
                Arguments.of(col("p").times(new BigDecimalLiteral("1.19").expr()), DataType.decimal(12, 4),
                        "col(\"p\").times(new BigDecimal(\"1.19\"))"),
                Arguments.of(col("p").times(3), DataType.decimal(10, 2), "col(\"p\").times(3)"),
                Arguments.of(col("p").times(1.5), DataType.FLOAT64, "col(\"p\").times(1.5)"),
                Arguments.of(col("p").modulo(col("l")), DataType.decimal(18, 2), "col(\"p\").modulo(col(\"l\"))"),
                Arguments.of(col("n").floorDividedBy(2).negate(), DataType.INT,
                        "col(\"n\").floorDividedBy(2).negate()"),
                Arguments.of(col("n").clip(0, 10), DataType.INT, "col(\"n\").clip(0, 10)"),
                Arguments.of(col("x").fillNaN(0.0).isNaN(), DataType.BOOL, "col(\"x\").fillNaN(0.0).isNaN()"),
                Arguments.of(col("n").fillNull(0).nullIf(1), DataType.INT, "col(\"n\").fillNull(0).nullIf(1)"),
                Arguments.of(col("n").replace(new long[] {1, 2}, new long[] {3, 4}), DataType.INT,
                        "col(\"n\").replace(new long[] {1, 2}, new long[] {3, 4})"),
                Arguments.of(greatest(col("n"), col("l"), lit(0)), DataType.LONG,
                        "greatest(col(\"n\"), col(\"l\"), lit(0))"),
                Arguments.of(hash(col("s"), col("d")), DataType.LONG, "hash(col(\"s\"), col(\"d\"))"),
                Arguments.of(col("n").math().bitAnd(7).math().shiftLeft(1), DataType.INT,
                        "col(\"n\").math().bitAnd(7).math().shiftLeft(1)"),
                Arguments.of(col("p").math().log10(), DataType.FLOAT64, "col(\"p\").math().log10()"),
                Arguments.of(col("s").tryCast(DataType.decimal(5, 1)), DataType.decimal(5, 1),
                        "col(\"s\").tryCast(DataType.decimal(5, 1))"));
    }

    /// A constant that prints as it does where an operand stands.
    private record BigDecimalLiteral(String digits) {
        Expr expr() {
            return lit(new BigDecimal(digits));
        }
    }

    @ParameterizedTest
    @MethodSource("expressionsAndTheirCode")
    void calls_printTheirCode_andHaveATypeOfTheirOwn(Expr expression, DataType type, String code) {
        assertThat(expression).hasToString(code);
        assertThat(TRIPS.select(expression.as("y")).schema().field(0).type()).isEqualTo(type);
    }

    static Stream<Arguments> mistakesAndTheirErrors() {
        return Stream.of(
                Arguments.of(col("n").str().upper(),
                        "col(\"n\").str().upper() needs text (UTF8), but col(\"n\") is INT."),
                Arguments.of(col("s").dt().week(),
                        "col(\"s\").dt().week() needs a DATE or TIMESTAMP, but col(\"s\") is UTF8."),
                Arguments.of(col("s").str().containsRegex("a("),
                        "col(\"s\").str().containsRegex(\"a(\"): the regular expression is wrong:"
                                + " Unclosed group near character 3."),
                Arguments.of(col("s").str().extract("(a)", 2),
                        "col(\"s\").str().extract(\"(a)\", 2): there is no group 2; the regular expression has the groups"
                                + " 0 (all of the match) to 1."),
                Arguments.of(col("s").str().replaceRegex("a", "$1"),
                        "col(\"s\").str().replaceRegex(\"a\", \"$1\"): the regular expression is wrong:"
                                + " in the replacement: No group 1."),
                Arguments.of(col("s").str().splitPart("", 0),
                        "col(\"s\").str().splitPart(\"\", 0): the separator must be at least one character."),
                Arguments.of(col("s").str().repeat(-1), "col(\"s\").str().repeat(-1): the count must be 0 or more."),
                Arguments.of(col("s").str().like("a!b", '!'),
                        "col(\"s\").str().like(\"a!b\", '!'): behind the escape character there must be %, _ or the escape"
                                + " character."),
                Arguments.of(col("s").str().toDate("HH:mm"),
                        "col(\"s\").str().toDate(\"HH:mm\"): the pattern is wrong: Unsupported field: HourOfDay."
                                + " Patterns are those of java.time, such as yyyy-MM-dd HH:mm:ss."),
                Arguments.of(col("d").dt().truncate(DateUnit.HOUR),
                        "col(\"d\").dt().truncate(DateUnit.HOUR): a DATE has no HOUR. Truncate it to DAY or more, or cast it"
                                + " to TIMESTAMP."),
                Arguments.of(col("t").dt().floor(Duration.ZERO),
                        "col(\"t\").dt().floor(Duration.parse(\"PT0S\")): the duration must be at least a microsecond."),
                Arguments.of(col("t").plus(1),
                        "col(\"t\").plus(1): there is no such arithmetic of TIMESTAMP and LONG. Durations are added to and taken"
                                + " from dates, times and durations, times are subtracted from each other, and durations are"
                                + " multiplied by whole numbers."),
                Arguments.of(col("x").math().bitAnd(1),
                        "col(\"x\").math().bitAnd(1) needs a whole number (INT or LONG), but col(\"x\") is FLOAT64."),
                Arguments.of(col("b").eq("x"),
                        "col(\"b\").eq(\"x\") has no common type: one side is UTF8, the other BINARY, and text is never read"
                                + " as anything else unasked. Cast the text with .cast(DataType.BINARY), or the other side with"
                                + " .cast(DataType.UTF8)."));
    }

    @ParameterizedTest
    @MethodSource("mistakesAndTheirErrors")
    void mistakes_areErrorsWhenTheyMeetAFrame(Expr expression, String message) {
        assertThatThrownBy(() -> TRIPS.select(expression.as("y"))).isInstanceOf(LazuliException.class)
                .hasMessage(message);
    }

    @Test
    void durationsAndDecimals_goThroughAPlan() {
        DataFrame trips = FakeSource.of("trips", "k: UTF8", "from: TIMESTAMP", "to: TIMESTAMP", "price: decimal(9,2)")
                .row("a", 0L, 90_000_000L, 1050L)
                .row("a", 0L, 30_000_000L, -25L)
                .row("b", 5L, 5L, null)
                .inPartitions(2)
                .frame();
        DataFrame sums = trips.withColumns(col("to").minus(col("from")).as("took"))
                .groupBy("k")
                .agg(sum("took").as("took"), sum("price").as("price"))
                .withColumns(col("took").cast(DataType.UTF8).as("shown"), col("price").cast(DataType.UTF8).as("text"),
                        col("price").cast(DataType.FLOAT64).as("number"));

        assertThat(sums.schema().types()).containsExactly(DataType.UTF8, DataType.DURATION, DataType.decimal(18, 2),
                DataType.UTF8, DataType.UTF8, DataType.FLOAT64);
        List<List<Object>> expected = Arrays.asList(Arrays.asList("a", 120_000_000L, 1025L, "PT2M", "10.25", 10.25),
                Arrays.asList("b", 0L, null, "PT0S", null, null));
        assertThat(rows(sums, RuleSet.DEFAULT)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(rows(sums, List.of())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aConstantThatFails_failsOnlyIfARowAsksForIt() {
        Expr failing = lit("x").cast(DataType.INT).eq(1);
        FakeSource rows = FakeSource.of("t", "a: LONG").row(1L);
        DataFrame empty = FakeSource.of("t", "a: LONG").frame();
        for (List<Rule> rules : List.of(RuleSet.DEFAULT, List.<Rule>of())) {
            assertThat(rows(empty.filter(failing), rules)).isEmpty();
            assertThat(rows(rows.frame().filter(col("a").eq(2).and(failing)), rules)).isEmpty();
            assertThatThrownBy(() -> rows(rows.frame().filter(failing), rules))
                    .hasMessageStartingWith("Cannot cast 'x' from UTF8 to INT");
        }
    }

    @Test
    void manyConstants_areHashed_andBoundedForSources() {
        long[] many = {1, 5, 9, 12, 7, 100, 3, 2, 50, 51};
        DataFrame frame = FakeSource.of("t", "a: LONG").row(5L).row(6L).row((Object) null).row(100L).frame();

        assertThat(frame.filter(col("a").in(many)).explain())
                .contains("filter a >= 1 and a <= 100 and in(a, 1, 5, 9, 12, 7, 100, 3, 2, 50, 51)")
                .contains("where a >= 1 and a <= 100");
        assertThat(rows(frame.filter(col("a").in(many)), RuleSet.DEFAULT)).containsExactly(List.of(5L), List.of(100L));
        assertThat(rows(frame.filter(col("a").in(many).not()), RuleSet.DEFAULT)).containsExactly(List.of(6L));
    }

    @Test
    void wholeConstants_meetDecimalsAsTheyAre() {
        DataFrame frame = FakeSource.of("t", "p: decimal(9,2)").row(1000L).row(1001L).row(99_999_999L).frame();

        assertThat(frame.filter(col("p").gt(10)).explain()).contains("filter p > 10.00").contains("where p > 10.00");
        assertThat(rows(frame.filter(col("p").gt(10)), RuleSet.DEFAULT)).containsExactly(List.of(1001L),
                List.of(99_999_999L));
        assertThat(rows(frame.filter(col("p").in(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), RuleSet.DEFAULT))
                .containsExactly(List.of(1000L));
    }

    @Test
    void shorthands_computeWhatTheySay() {
        DataFrame frame = FakeSource.of("t", "x: FLOAT64", "s: UTF8", "d: DATE")
                .row(Double.NaN, "héllo", (int) LocalDate.of(2024, 2, 29).toEpochDay())
                .row(7.5, null, null)
                .row(null, "", 0)
                .frame();
        assertThat(rows(frame.select(
                col("x").clip(0, 5).as("clip"), col("x").fillNaN(1).as("filled"), col("x").nullIf(7.5).as("none"),
                col("s").str().right(2).as("right"), col("s").fillNull("?").as("text"),
                col("d").dt().plusYears(1).as("later"),
                col("d").dt().daysUntil(lit(LocalDateTime.of(2024, 3, 1, 23, 0))).as("days"),
                greatest(col("x"), lit(3)).as("most")), RuleSet.DEFAULT))
                .containsExactly(
                        Arrays.asList(Double.NaN, 1.0, Double.NaN, "lo", "héllo",
                                (int) LocalDate.of(2025, 2, 28).toEpochDay(), 1L, Double.NaN),
                        Arrays.asList(5.0, 7.5, null, null, "?", null, null, 7.5),
                        Arrays.asList(null, null, null, "", "", 365, LocalDate.of(2024, 3, 1).toEpochDay(), 3.0));
    }

    private static List<List<Object>> rows(DataFrame frame, List<Rule> rules) {
        List<List<Object>> rows = new ArrayList<>();
        try (InlineEngine engine = new InlineEngine();
                Job job = engine.submit(Lowering.lower(Optimizer.optimize(frame.plan(), rules).plan()),
                        JobOptions.DEFAULTS)) {
            for (int partition = 0; partition < job.partitionCount(); partition++) {
                Block block = job.take(partition);
                rows.addAll(TestColumns.rows(block));
                block.release();
            }
        }
        return rows;
    }
}
