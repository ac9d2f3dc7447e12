package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.greatest;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.parse;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueriesTest {
    static Stream<Arguments> queriesAndWhatTheyMean() {
        return Stream.of(
                Arguments.of("fare > 10 and zone in ('a', 'b')", col("fare").gt(10).and(col("zone").in("a", "b"))),
                Arguments.of("a or b and not c", col("a").or(col("b").and(col("c").not()))),
                Arguments.of("not a = 1", col("a").eq(1).not()),
                Arguments.of("a + b * -2 - 3 % c", col("a").plus(col("b").times(-2)).minus(lit(3).remainder(col("c")))),
                Arguments.of("-(a) // 2 / 1.5e1", col("a").negate().floorDividedBy(2).dividedBy(15.0)),
                Arguments.of("(a - b) - (c - d)", col("a").minus(col("b")).minus(col("c").minus(col("d")))),
                Arguments.of("a == 1 AND b <> 2 OR c != .5", col("a").eq(1).and(col("b").ne(2)).or(col("c").ne(0.5))),
                Arguments.of("x not in (1) and y is not null", col("x").in(1).not().and(col("y").isNotNull())),
                Arguments.of("x between 1 and 2 and y", col("x").between(1, 2).and(col("y"))),
                Arguments.of("x not between 1 and 2", col("x").between(1, 2).not()),
                Arguments.of("s like 'a%' or s not like '!%' escape '!'",
                        col("s").str().like("a%").or(col("s").str().like("!%", '!').not())),
                Arguments.of("\"the \"\"name\"\"\" = 'it''s'", col("the \"name\"").eq("it's")),
                Arguments.of("`and` is null", col("and").isNull()),
                Arguments.of("d >= date '2026-07-31'", col("d").ge(LocalDate.of(2026, 7, 31))),
                Arguments.of("t < timestamp '2026-07-31 09:30'", col("t").lt(LocalDateTime.of(2026, 7, 31, 9, 30))),
                Arguments.of("cast(a as decimal(9, 2)) + try_cast(s as long)",
                        col("a").cast(DataType.decimal(9, 2)).plus(col("s").tryCast(DataType.LONG))),
                Arguments.of("case when a > 1 then 'x' when a > 0 then 'y' else 'z' end",
                        when(col("a").gt(1)).then("x").when(col("a").gt(0)).then("y").otherwise("z")),
                Arguments.of("starts_with(lower(s), 'a') and startsWith(s, t)",
                        col("s").str().lower().str().startsWith("a").and(col("s").str().startsWith(col("t")))),
                Arguments.of("round(x, 2) > abs(y) or YEAR(t) = 2026",
                        col("x").round(2).gt(col("y").abs()).or(col("t").dt().year().eq(2026))),
                Arguments.of("greatest(a, b, 0) = coalesce(c, 1)",
                        greatest(col("a"), col("b"), lit(0)).eq(Expressions.coalesce(col("c"), lit(1)))),
                Arguments.of("coalesce(a, cast(null as LONG))", coalesce(col("a"), nullOf(DataType.LONG))),
                Arguments.of("nullif(a, 0) || ''", col("a").nullIf(0).str().concat("")),
                Arguments.of("a = -9223372036854775808", col("a").eq(Long.MIN_VALUE)),
                Arguments.of("größe > 1", col("größe").gt(1)),
                Arguments.of("true", lit(true)));
    }

    @ParameterizedTest
    @MethodSource("queriesAndWhatTheyMean")
    void queries_areExpressions(String query, Expr meaning) {
        assertThat(parse(query).toString()).isEqualTo(meaning.toString());
        assertThat(parse(query)).isEqualTo(meaning);
    }

    static Stream<Arguments> mistakesAndTheirErrors() {
        return Stream.of(
                mistake("fare >", 7, "the end", "a column, a constant, a function or ("),
                mistake("fare > 10 fare", 11, "the name fare", "an operator or the end"),
                mistake("(a", 3, "the end", ")"),
                mistake("a in 1", 6, "the number 1", "( and a list of values"),
                mistake("a in (1 2)", 9, "the number 2", ", or )"),
                mistake("s = 'x", 5, "a quote that is never closed", "another ' behind it"),
                mistake("a # 1", 3, "the character #", "a name, a number, a text in single quotes or an operator"),
                mistake("a not 1", 7, "the number 1", "in, between or like"),
                mistake("a between 1 or 2", 13, "the word or", "and, then the upper bound"),
                mistake("a is 1", 6, "the number 1", "null"),
                mistake("a like b", 8, "the name b", "a pattern in single quotes"),
                mistake("1e > 0", 2, "an exponent without digits", "a number such as 1e10"),
                mistake("a = 99999999999999999999", 5, "the number 99999999999999999999",
                        "a whole number of at most 64 bits, or a number with a point"),
                mistake("lowr(s) = 'a'", 1, "the name lowr", "a function that exists; did you mean lower?"),
                mistake("substring(s, 1) = 'a'", 1, "the name substring", "3 arguments, not 2"),
                mistake("round() = 1", 1, "the name round", "1 or 2 arguments, not 0"),
                mistake("date '2026-02-30' = d", 1, "the name date", "a date such as date '2026-07-31'"),
                mistake("cast(a as number)", 11, "the name number", "one of the types BOOL, INT, LONG, FLOAT64, UTF8,"
                        + " DATE, TIMESTAMP, DURATION, BINARY, decimal(p, s)"),
                mistake("case a when 1 then 2 end", 6, "the name a", "when"),
                mistake("case when a then 2", 19, "the end", "when, else or end"),
                mistake("", 1, "the end", "a column, a constant, a function or ("));
    }

    private static Arguments mistake(String query, int character, String found, String expected) {
        return Arguments.of(query, "Cannot read the expression at character %d: found %s, expected %s.\n  %s\n  %s^"
                .formatted(character, found, expected, query, " ".repeat(character - 1)));
    }

    @ParameterizedTest
    @MethodSource("mistakesAndTheirErrors")
    void mistakes_areShownInTheirPlace(String query, String message) {
        assertThatThrownBy(() -> parse(query)).isInstanceOf(LazuliException.class).hasMessage(message);
    }

    @Test
    void deepNesting_isAnErrorAndNoOverflow() {
        assertThatThrownBy(() -> parse("(".repeat(100_000))).hasMessageContaining("found more than 200 levels");
        assertThatThrownBy(() -> parse("not ".repeat(100_000) + "a"))
                .hasMessageContaining("found more than 200 levels");
        assertThatThrownBy(() -> parse("- ".repeat(100_000) + "a")).hasMessageContaining("found more than 200 levels");
    }

    @Property(tries = 2000)
    void anyText_isReadOrRefusedWithAUserError(@ForAll("wordSalads") String query) {
        try {
            assertThat(parse(query)).isNotNull();
        } catch (LazuliException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.USER);
        }
    }

    @Provide
    Arbitrary<String> wordSalads() {
        List<String> words =
                List.of("a", "b", "1", "2.5", "'x'", "'", "\"", "(", ")", ",", "+", "-", "*", "/", "//", "%", "=",
                        "<", ">=", "and", "or", "not", "in", "between", "like", "is", "null", "case", "when", "then",
                        "else", "end",
                        "cast", "as", "long", "lower", "date", "true", "#", "é", "😀", "1e", "||", "escape");
        return Arbitraries.of(words).list().ofMaxSize(12).map(list -> String.join(" ", list));
    }

    @Test
    void frames_areFilteredByQueries() {
        DataFrame frame = FakeSource.of("t", "a: LONG", "s: UTF8").row(1L, "x").row(2L, "y").row(null, "z").frame();

        assertThat(frame.filter("a >= 2 or s = 'z'").toString()).endsWith(".filter(\"a >= 2 or s = 'z'\")");
        assertThat(frame.filter("a >= 2 or s = 'z'").plan()).isEqualTo(
                frame.filter(col("a").ge(2).or(col("s").eq("z"))).plan());
        assertThat(frame.filter("a in (1, null)").schema()).isEqualTo(frame.schema());
        assertThatThrownBy(() -> frame.filter("b = 1")).hasMessageStartingWith("Column 'b' not found");
        assertThatThrownBy(() -> frame.filter("null")).hasMessage(
                "A null on its own has no type. Write cast(null as LONG), or test with 'is null'.");
    }
}
