package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.time.LocalDate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResolverTest {
    private static final DataFrame TRADES = FakeSource.of(
            "trades.csv",
            "date: DATE",
            "price: FLOAT64",
            "size: INT",
            "volume: LONG",
            "symbol: UTF8",
            "open: BOOL",
            "at: TIMESTAMP")
            .frame();
    private static final DataFrame FIRMS =
            FakeSource.of("firms.csv", "symbol: UTF8", "size: LONG", "founded: DATE").frame();

    private static Arguments error(Supplier<?> call, String message) {
        return Arguments.of(call, message);
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                error(
                        () -> TRADES.filter(col("prce").gt(0)),
                        "Column 'prce' not found in scan of trades.csv. Did you mean 'price'? Available: date, price, size, volume, symbol, open, at."),
                error(
                        () -> TRADES.select("volume", "size").limit(5).sort("Volume"),
                        "Column 'Volume' not found in columns made from trades.csv. Did you mean 'volume'? Available: volume, size."),
                error(
                        () -> TRADES.groupBy("symbol").agg(count()).select("price"),
                        "Column 'price' not found in groups of trades.csv. Available: symbol, count."),
                error(
                        () -> TRADES.drop("size").join(FIRMS).on("symbol").drop("xyz"),
                        "Column 'xyz' not found in join of trades.csv and firms.csv."
                                + " Available: date, price, volume, symbol, open, at, size, founded."),
                error(
                        () -> TRADES.filter(col("price")),
                        "A condition needs BOOL, but col(\"price\") is FLOAT64."),
                error(
                        () -> TRADES.filter(col("open").and(col("size"))),
                        "A condition needs BOOL, but col(\"size\") is INT."),
                error(
                        () -> TRADES.filter(col("symbol").gt(3)),
                        "col(\"symbol\").gt(3) has no common type: one side is UTF8, the other LONG, and text is never read as anything"
                                + " else unasked. Cast the text with .cast(DataType.LONG), or the other side with .cast(DataType.UTF8)."),
                error(
                        () -> TRADES.filter(col("date").eq("2024-01-31")),
                        "col(\"date\").eq(\"2024-01-31\") has no common type: one side is UTF8, the other DATE, and text is never read as"
                                + " anything else unasked. Cast the text with .cast(DataType.DATE), or the other side with"
                                + " .cast(DataType.UTF8)."),
                error(
                        () -> TRADES.filter(col("date").lt(3)),
                        "col(\"date\").lt(3) has no common type: one side is DATE, the other LONG. Cast one of them, such as"
                                + " .cast(DataType.DATE)."),
                error(
                        () -> TRADES.select(col("symbol").plus(1).as("x")),
                        "col(\"symbol\").plus(1) needs numbers, but col(\"symbol\") is UTF8."),
                error(
                        () -> TRADES.select(col("price").str().upper().as("x")),
                        "col(\"price\").str().upper() needs text (UTF8), but col(\"price\") is FLOAT64."),
                error(
                        () -> TRADES.select(col("date").dt().hour().as("x")),
                        "col(\"date\").dt().hour() needs a TIMESTAMP, but col(\"date\") is DATE."),
                error(
                        () -> TRADES.select(col("symbol").str().substring(-1, 2).as("x")),
                        "col(\"symbol\").str().substring(-1, 2): start and length must be 0 or more."),
                error(
                        () -> TRADES.select(col("price").mapLong("f", x -> x).as("x")),
                        "col(\"price\").mapLong(\"f\", ...) needs long, but col(\"price\") is FLOAT64."),
                error(
                        () -> TRADES.select(col("date").cast(DataType.INT)),
                        "col(\"date\").cast(DataType.INT): there is no way from DATE to INT. Numbers cast to each other, BOOL to numbers,"
                                + " DATE to TIMESTAMP and back, anything to UTF8 and UTF8 to anything."),
                error(
                        () -> TRADES.filter(sum("price").gt(0)),
                        "sum(\"price\") is an aggregate, which filter, select, withColumns, groupBy or sort cannot hold. Use"
                                + " groupBy(...).agg(sum(\"price\")) for one row a group, or agg(sum(\"price\")) for one row in all."),
                error(
                        () -> TRADES.agg(sum(max("size")).as("x")),
                        "sum(max(\"size\")) holds another aggregate, max(\"size\"). Compute the inner one with its own"
                                + " groupBy(...).agg(...) first."),
                error(
                        () -> TRADES.agg(sum("symbol")),
                        "sum(\"symbol\") needs a number, but col(\"symbol\") is UTF8."),
                error(
                        () -> TRADES.groupBy("symbol").agg(col("price").plus(1).as("x")),
                        "Column 'price' is neither a group key nor inside an aggregate, so a group has no single value of it. Wrap it,"
                                + " such as max(\"price\"), or group by it. Group keys: symbol."),
                error(
                        () -> TRADES.groupBy("symbol").agg(sum("size"), sum("volume").as("size_sum")),
                        "Column 'size_sum' would occur twice. Rename one of them with as(\"...\")."),
                error(
                        () -> TRADES.withColumns(lit(1).as("x"), lit(2).as("x")),
                        "Column 'x' would occur twice. Rename one of them with as(\"...\")."),
                error(
                        () -> TRADES.rename("price", "size"),
                        "Column 'size' would occur twice. Rename one of them with as(\"...\")."),
                error(
                        () -> TRADES.groupBy(new String[0]),
                        "groupBy() was called with nothing. Give it at least one column; agg(...) without groupBy aggregates all rows."),
                error(() -> TRADES.sort(new SortKey[0]),
                        "sort() was called with nothing. Give it at least one column."),
                error(() -> TRADES.join(FIRMS).on(), "on() was called with nothing. Give it at least one key column."),
                error(
                        () -> TRADES.join(FIRMS).on("symbol"),
                        "Columns 'size' occur on both sides of the join of trades.csv and firms.csv. Give the right side's another name"
                                + " with .withSuffix(\"_right\"), or rename or drop them before."),
                error(
                        () -> TRADES.join(FIRMS).leftOn("symbol", "size").rightOn("symbol"),
                        "A join needs as many keys on the right as on the left, found 2 (symbol, size) and 1 (symbol)."),
                error(
                        () -> TRADES.join(FIRMS).leftOn("symbol").rightOn("founded"),
                        "Join key 'symbol' is UTF8, but 'founded' is DATE. Cast one of them with"
                                + " withColumns(col(\"founded\").cast(DataType.UTF8))."),
                error(() -> TRADES.limit(-1), "limit(-1): the number of rows must not be negative."));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void mistakesAreFoundWhenThePlanIsBuilt(Supplier<?> call, String message) {
        LazuliException error = catchThrowableOfType(LazuliException.class, call::get);

        assertThat(error).hasMessage(message);
        assertThat(error.code()).isEqualTo(ErrorCode.USER);
    }

    static Stream<Arguments> coercions() {
        return Stream.of(
                Arguments.of(col("size").plus(1), "size + 1", DataType.INT),
                Arguments.of(col("size").plus(5_000_000_000L), "long(size) + 5000000000", DataType.LONG),
                Arguments.of(col("size").plus(col("volume")), "long(size) + volume", DataType.LONG),
                Arguments.of(col("size").plus(lit(1).cast(DataType.LONG)), "long(size) + 1", DataType.LONG),
                Arguments.of(col("size").plus(0.5), "float64(size) + 0.5", DataType.FLOAT64),
                Arguments.of(col("price").plus(1), "price + 1.0", DataType.FLOAT64),
                Arguments.of(col("size").dividedBy(2), "float64(size) / 2.0", DataType.FLOAT64),
                Arguments.of(col("volume").gt(0.5), "float64(volume) > 0.5", DataType.BOOL),
                Arguments.of(col("date").lt(col("at")), "timestamp(date) < at", DataType.BOOL),
                Arguments.of(col("at").ge(LocalDate.of(2024, 1, 31)), "at >= 2024-01-31T00:00", DataType.BOOL),
                Arguments.of(col("size").in(1, 2, 3), "(size = 1) or (size = 2) or (size = 3)", DataType.BOOL),
                Arguments.of(col("size").between(1, 3), "size >= 1 and size <= 3", DataType.BOOL),
                Arguments.of(when(col("open")).then(1).otherwise(0.5), "if(open, 1.0, 0.5)", DataType.FLOAT64),
                Arguments.of(
                        coalesce(col("size"), col("volume"), lit(0)),
                        "coalesce(long(size), volume, 0)",
                        DataType.LONG),
                Arguments.of(coalesce(nullOf(DataType.INT), col("price")), "coalesce(null, price)",
                        DataType.FLOAT64),
                Arguments.of(col("size").sqrt(), "sqrt(float64(size))", DataType.FLOAT64),
                Arguments.of(col("size").abs(), "abs(size)", DataType.INT),
                Arguments.of(col("size").mapDouble("half", x -> x / 2), "half(float64(size))", DataType.FLOAT64),
                Arguments.of(col("price").cast(DataType.FLOAT64), "price", DataType.FLOAT64));
    }

    @ParameterizedTest
    @MethodSource("coercions")
    void operandsMeetInOneType(Expr expression, String bound, DataType type) {
        LogicalPlan plan = TRADES.select(expression.as("x")).plan();

        String line = PlanText.tree(plan).lines().findFirst().orElseThrow().strip();
        assertThat(line).isEqualTo("project " + bound + (bound.equals("x") ? "" : " as x"));
        assertThat(plan.schema().field(0).type()).isEqualTo(type);
    }

    @Test
    void aPlainAggregateNeedsNoProjection() {
        assertThat(PlanText.tree(TRADES.groupBy("symbol").agg(sum("size"), max("price").as("top")).plan())).isEqualTo("""
                  aggregate by [symbol] sum(size) as size_sum, max(price) as top
                    scan trades.csv [date, price, size, volume, symbol, open, at]
                """);
    }

    @Test
    void arithmeticAroundAggregatesIsComputedFromGroups() {
        assertThat(PlanText.tree(TRADES.groupBy(col("date").dt().year().as("year"))
                .agg(max("price").minus(sum(col("size").times(2))).as("x"), max("price").as("top"))
                .plan()))
                .isEqualTo("""
                  project year, $0 - float64($1) as x, $0 as top
                    aggregate by [year] max($1) as $0, sum($2) as $1
                      project year(date) as year, price as $1, size * 2 as $2
                        scan trades.csv [date, price, size, volume, symbol, open, at]
                """);
    }
}
