package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExprTest {
    static Stream<Arguments> expressionsAndTheirCode() {
        return Stream.of(
                Arguments.of(col("fare").gt(0), "col(\"fare\").gt(0)"),
                Arguments.of(
                        col("a").plus(1).times(col("b").minus(2.5)).dividedBy(3).remainder(lit(5_000_000_000L)),
                        "col(\"a\").plus(1).times(col(\"b\").minus(2.5)).dividedBy(3).remainder(5000000000L)"),
                Arguments.of(
                        col("a").eq("x").or(col("b").ne(true)).and(col("c").lt(2).not()),
                        "col(\"a\").eq(\"x\").or(col(\"b\").ne(true)).and(col(\"c\").lt(2).not())"),
                Arguments.of(
                        col("d").ge(LocalDate.of(2024, 1, 31)).and(col("t").le(LocalDateTime.of(2024, 1, 31, 10, 0))),
                        "col(\"d\").ge(LocalDate.parse(\"2024-01-31\")).and(col(\"t\").le(LocalDateTime.parse(\"2024-01-31T10:00\")))"),
                Arguments.of(col("s").in("a", "b\"\n"), "col(\"s\").in(\"a\", \"b\\\"\\n\")"),
                Arguments.of(col("x").in(1, 2), "col(\"x\").in(1, 2)"),
                Arguments.of(col("x").between(1, 2.5), "col(\"x\").between(1.0, 2.5)"),
                Arguments.of(col("x").isNull().or(col("y").isNotNull()),
                        "col(\"x\").isNull().or(col(\"y\").isNotNull())"),
                Arguments.of(col("x").cast(DataType.FLOAT64).as("y"), "col(\"x\").cast(DataType.FLOAT64).as(\"y\")"),
                Arguments.of(
                        when(col("x").gt(1)).then("a").when(col("x").gt(0)).then("b").otherwise(nullOf(DataType.UTF8)),
                        "when(col(\"x\").gt(1)).then(\"a\").otherwise(when(col(\"x\").gt(0)).then(\"b\").otherwise(nullOf(DataType.UTF8)))"),
                Arguments.of(coalesce(col("x"), lit(0)), "coalesce(col(\"x\"), lit(0))"),
                Arguments.of(col("s").str().trim().str().substring(0, 3),
                        "col(\"s\").str().trim().str().substring(0, 3)"),
                Arguments.of(col("s").str().startsWith(col("t")), "col(\"s\").str().startsWith(col(\"t\"))"),
                Arguments.of(col("d").dt().dayOfWeek(), "col(\"d\").dt().dayOfWeek()"),
                Arguments.of(col("x").abs().sqrt().floor().ceil().round(),
                        "col(\"x\").abs().sqrt().floor().ceil().round()"),
                Arguments.of(col("x").mapDouble("twice", x -> 2 * x), "col(\"x\").mapDouble(\"twice\", ...)"),
                Arguments.of(max("v1").minus(min(col("v2").times(2))).as("range"),
                        "max(\"v1\").minus(min(col(\"v2\").times(2))).as(\"range\")"),
                Arguments.of(sum("a").plus(mean("b")).plus(count()).plus(count("c")),
                        "sum(\"a\").plus(mean(\"b\")).plus(count()).plus(count(\"c\"))"),
                Arguments.of(lit(Double.NaN).plus(lit(1)), "lit(Double.NaN).plus(1)"));
    }

    @ParameterizedTest
    @MethodSource("expressionsAndTheirCode")
    void printsAsTheCodeThatBuildsIt(Expr expression, String code) {
        assertThat(expression).hasToString(code);
    }

    @Test
    void equalExpressionsAreEqual() {
        assertThat(col("a").plus(1).as("b")).isEqualTo(col("a").plus(1).as("b")).isNotEqualTo(col("a").plus(2).as("b"));
    }

    @Test
    void sortKeysPrintAsCode() {
        assertThat(List.of(col("a").asc(), col("a").desc().nullsFirst()))
                .hasToString("[col(\"a\").asc(), col(\"a\").desc().nullsFirst()]");
    }

    @Test
    void framesPrintAsTheCodeThatBuildsThem() {
        DataFrame trips = FakeSource.of("trips", "zone: UTF8", "fare: FLOAT64", "tip: FLOAT64").frame();
        DataFrame zones = FakeSource.of("zones", "id: UTF8", "borough: UTF8").frame();

        assertThat(trips.filter(col("fare").gt(0))
                .withColumns(col("tip").dividedBy(col("fare")).as("share"))
                .leftJoin(zones)
                .leftOn("zone")
                .rightOn("id")
                .groupBy("borough")
                .agg(mean("share"), count())
                .sort(col("count").desc())
                .drop("count")
                .rename("share_mean", "share")
                .limit(10))
                .hasToString(
                        "trips.filter(col(\"fare\").gt(0)).withColumns(col(\"tip\").dividedBy(col(\"fare\")).as(\"share\"))"
                                + ".leftJoin(zones).leftOn(\"zone\").rightOn(\"id\").groupBy(\"borough\").agg(mean(\"share\"), count())"
                                + ".sort(col(\"count\").desc()).drop(\"count\").rename(\"share_mean\", \"share\").limit(10)");
    }

    @Test
    void outputNamesFollowTheRule() {
        DataFrame frame = FakeSource.of("t", "a: INT", "b: LONG").frame();

        assertThat(frame.select(col("a"), col("b").cast(DataType.UTF8), col("a").plus(1).as("c")).schema().names())
                .containsExactly("a", "b", "c");
        assertThat(
                frame.groupBy("a").agg(sum("b"), mean("b"), min("b"), max("b"), count("b"), count()).schema().names())
                .containsExactly("a", "b_sum", "b_mean", "b_min", "b_max", "b_count", "count");
        assertThatThrownBy(() -> frame.select(col("a").plus(1)))
                .hasMessage(
                        "Expression col(\"a\").plus(1) has no name of its own. Give it one: col(\"a\").plus(1).as(\"...\").");
    }
}
