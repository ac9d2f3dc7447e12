package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.all;
import static io.lazuli.dataframe.Expressions.any;
import static io.lazuli.dataframe.Expressions.approxCountDistinct;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.corr;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.countDistinct;
import static io.lazuli.dataframe.Expressions.covar;
import static io.lazuli.dataframe.Expressions.first;
import static io.lazuli.dataframe.Expressions.kurtosis;
import static io.lazuli.dataframe.Expressions.last;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.maxBy;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.median;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.minBy;
import static io.lazuli.dataframe.Expressions.nullOf;
import static io.lazuli.dataframe.Expressions.product;
import static io.lazuli.dataframe.Expressions.quantile;
import static io.lazuli.dataframe.Expressions.sem;
import static io.lazuli.dataframe.Expressions.skew;
import static io.lazuli.dataframe.Expressions.std;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.var;
import static io.lazuli.dataframe.Expressions.when;
import static io.lazuli.dataframe.Results.rows;
import static io.lazuli.dataframe.Results.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lazuli.dataframe.internal.plan.PlanText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedFrameTest {
    private static final FakeSource TRADES =
            FakeSource.of("trades.csv", "firm: UTF8", "price: FLOAT64", "size: INT", "open: BOOL", "day: DATE")
                    .row("a", 1.0, 2, true, 0)
                    .row("b", 5.0, 7, false, 1)
                    .row("a", 2.0, 4, null, 2)
                    .row(null, 9.0, 1, true, 3)
                    .row("a", null, 6, false, 4)
                    .row("b", 5.0, null, false, 400)
                    .row("a", 6.0, 12, true, 800)
                    .row("c", null, null, null, 801);

    private final InlineEngine engine = new InlineEngine();

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame trades(int partitionCount) {
        return TRADES.inPartitions(partitionCount).frame(engine);
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    /// Doubles to nine digits.
    private static List<List<Object>> rounded(List<List<Object>> rows) {
        return rows.stream()
                .map(row -> row.stream()
                        .map(value -> value instanceof Double number ? Math.round(number * 1e9) / 1e9 : value)
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aggregatesOfEachKind(int partitionCount) {
        DataFrame frame = trades(partitionCount)
                .groupBy("firm")
                .agg(var("price", 0).as("v"), std("size"), median("price"), quantile("size", 0.25), product("size"),
                        corr("price", "size"), covar("price", "size"));

        assertThat(frame.schema().names())
                .containsExactly("firm", "v", "size_std", "price_median", "size_quantile", "size_product",
                        "price_size_corr", "price_size_covar");
        // the pairs of a are (1, 2), (2, 4), (6, 12): on one line
        assertThat(rounded(sorted(frame)))
                .containsExactlyElementsOf(rounded(sorted(List.of(
                        row("a", 14.0 / 3, Math.sqrt(56.0 / 3), 2.0, 3.5, 576.0, 1.0, 14.0),
                        row("b", 0.0, null, 5.0, 7.0, 7.0, null, null),
                        row(null, 0.0, null, 9.0, 1.0, 1.0, null, null),
                        row("c", null, null, null, null, null, null, null)))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void shapesOfDistributions(int partitionCount) {
        DataFrame frame = trades(partitionCount).agg(sem("price"), sem("size", 0), skew("price"), kurtosis("price"),
                skew(col("price").minus(col("price"))).as("constant"), kurtosis(lit(2.5)).as("same"));

        assertThat(frame.schema().names())
                .containsExactly("price_sem", "size_sem", "price_skew", "price_kurtosis", "constant", "same");
        // the prices are 1, 2, 6, 5, 5, 9; what does not vary has no shape
        assertThat(rounded(rows(frame)))
                .containsExactlyElementsOf(rounded(List.of(
                        row(Math.sqrt(62.0 / 45), Math.sqrt(119.0 / 54), 0.1963410647371677, -0.2360822060353792, null,
                                null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void firstLastDistinctAndBooleans(int partitionCount) {
        DataFrame frame = trades(partitionCount)
                .groupBy("firm")
                .agg(first("price"), last("size"), countDistinct("price"), approxCountDistinct("price"), any("open"),
                        all("open"),
                        sum("open"));

        assertThat(frame.schema().toString())
                .isEqualTo(
                        "[firm: UTF8, price_first: FLOAT64, size_last: INT, price_countDistinct: LONG,"
                                + " price_approxCountDistinct: LONG, open_any: BOOL,"
                                + " open_all: BOOL, open_sum: LONG]");
        assertThat(sorted(frame))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", 1.0, 12, 3L, 3L, true, false, 2L),
                        row("b", 5.0, 7, 1L, 1L, false, false, 0L),
                        row(null, 9.0, 1, 1L, 1L, true, true, 1L),
                        row("c", null, null, 0L, 0L, null, null, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aggregatesOfAllRowsAndOfNone(int partitionCount) {
        Expr[] aggregates = {median("price"), countDistinct("firm"), var("size"), first("firm"), mean("open")};

        assertThat(rounded(rows(trades(partitionCount).agg(aggregates))))
                .containsExactlyElementsOf(rounded(List.of(row(5.0, 3L, 238.0 / 15, "a", 0.5))));
        assertThat(rows(trades(partitionCount).filter(col("size").gt(100)).agg(aggregates)))
                .containsExactly(row(null, 0L, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void valuesOfTheBestRows(int partitionCount) {
        DataFrame frame = trades(partitionCount)
                .groupBy("firm")
                .agg(minBy("size", "price"), maxBy(col("day"), col("size")).as("day"), maxBy("price", "open"));

        assertThat(frame.schema().toString())
                .isEqualTo("[firm: UTF8, size_price_minBy: INT, day: DATE, price_open_maxBy: FLOAT64]");
        assertThat(sorted(frame))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", 2, 800, 1.0),
                        row("b", 7, 1, 5.0),
                        row(null, 1, 3, 9.0),
                        row("c", null, null, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void modeIsTheMostFrequentValue_theLeastOfEquallyFrequentOnes(int partitionCount) {
        DataFrame frame = FakeSource.of("trips.csv", "k: INT", "v: UTF8", "x: FLOAT64")
                .row(1, "b", 0.0)
                .row(1, "a", Double.NaN)
                .row(1, null, -0.0)
                .row(2, "c", Double.NaN)
                .row(1, "b", Double.NaN)
                .row(1, "a", null)
                .row(2, null, 7.0)
                .row(2, null, null)
                .row(3, null, null)
                .inPartitions(partitionCount)
                .frame(engine);

        assertThat(frame.groupBy("k").mode("v").schema().toString()).isEqualTo("[k: INT, v_mode: UTF8]");
        assertThat(sorted(frame.groupBy("k").mode("v")))
                .containsExactlyElementsOf(sorted(List.of(row(1, "a"), row(2, "c"), row(3, null))));
        assertThat(sorted(frame.groupBy(col("k").plus(1).as("next")).mode("k")))
                .containsExactlyElementsOf(sorted(List.of(row(2, 1), row(3, 2), row(4, 3))));
        assertThat(sorted(frame.groupBy("k").mode("x").withColumns(col("x_mode").plus(0.0).as("x_mode"))))
                .containsExactlyElementsOf(sorted(List.of(row(1, 0.0), row(2, 7.0), row(3, null))));
        assertThat(frame.groupBy("k").mode("v")).hasToString("trips.csv.groupBy(\"k\").mode(\"v\")");
    }

    @Test
    void conditionalAggregates() {
        DataFrame frame = trades(3).groupBy("firm")
                .agg(sum(when(col("open")).then(col("size")).otherwise(nullOf(DataType.INT))).as("open_size"),
                        max("price").minus(min("price")).as("range"));

        assertThat(sorted(frame))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", 14L, 5.0), row("b", null, 0.0), row(null, 1L, 0.0), row("c", null, null))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void firstRowsOfGroups(int partitionCount) {
        GroupedFrame firms = trades(partitionCount).groupBy("firm");

        assertThat(sorted(firms.top(2, col("price").desc()).select("firm", "price", "day")))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", 6.0, 800), row("a", 2.0, 2), row("b", 5.0, 1), row("b", 5.0, 400), row(null, 9.0, 3),
                        row("c", null, 801))));
        assertThat(sorted(firms.top(1, col("price").desc(), col("size").asc().nullsFirst()).select("firm", "day")))
                .containsExactlyElementsOf(
                        sorted(List.of(row("a", 800), row("b", 400), row(null, 3), row("c", 801))));
        assertThat(sorted(firms.head(1).select("day"))).containsExactly(row(0), row(1), row(3), row(801));
        assertThat(rows(firms.head(0))).isEmpty();
        assertThat(sorted(firms.tail(1).select("day")))
                .isEqualTo(sorted(List.of(row(3), row(400), row(800), row(801))));
        assertThat(sorted(firms.tail(2).select("firm", "price", "day")))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", null, 4), row("a", 6.0, 800), row("b", 5.0, 1), row("b", 5.0, 400), row(null, 9.0, 3),
                        row("c", null, 801))));
        assertThat(rows(firms.tail(0))).isEmpty();
        assertThat(sorted(firms.tail(9))).isEqualTo(sorted(TRADES.rows()));
        assertThat(sorted(trades(partitionCount).distinct("firm"))).isEqualTo(sorted(firms.head(1)));
    }

    /// A group has its last rows, whatever was decided about reducing groups before they are sent, and however often a partition is cut.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void lastRowsOfManyGroups(int partitionCount) {
        List<List<Object>> rows = IntStream.range(0, 40_000).mapToObj(i -> row(i % 15_000, (long) i)).toList();
        DataFrame frame = FakeSource.of("rows.csv", "k: INT", "n: LONG").withRows(rows).inPartitions(partitionCount)
                .frame(engine);

        assertThat(sorted(frame.groupBy("k").tail(1)))
                .isEqualTo(sorted(rows.subList(25_000, 40_000)));
        assertThat(sorted(frame.sort(col("n").desc()).groupBy("k").tail(1)))
                .isEqualTo(sorted(rows.subList(0, 15_000)));
        assertThat(sorted(frame.sort(col("n").desc()).groupBy(col("k").remainder(10)).tail(2)))
                .isEqualTo(sorted(rows.subList(0, 20)));
    }

    @Test
    void firstRowsByComputedKeysKeepTheColumnsOfTheFrame() {
        DataFrame frame = trades(2).groupBy(col("day").dt().year()).top(1, col("size").times(-1).asc());

        assertThat(frame.schema()).isEqualTo(TRADES.schema());
        assertThat(sorted(frame.select("day"))).containsExactly(row(1), row(400), row(800));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void nullKeysCanBeDropped(int partitionCount) {
        GroupedFrame firms = trades(partitionCount).groupBy("firm").dropNullKeys();

        assertThat(sorted(firms.agg(count()))).containsExactly(row("a", 4L), row("b", 2L), row("c", 1L));
        assertThat(sorted(firms.head(1).select("firm"))).containsExactly(row("a"), row("b"), row("c"));
        assertThat(sorted(firms.tail(1).select("firm"))).containsExactly(row("a"), row("b"), row("c"));
    }

    @Test
    void distinctRowsAndValueCounts() {
        DataFrame firms = trades(3).select("firm", "open");

        assertThat(sorted(firms.distinct()))
                .containsExactlyElementsOf(sorted(List.of(
                        row("a", true), row("a", null), row("a", false), row("b", false), row(null, true),
                        row("c", null))));
        assertThat(rows(trades(3).valueCounts("firm")))
                .containsExactly(row("a", 4L), row("b", 2L), row("c", 1L), row(null, 1L));
    }

    @Test
    void columnsThatAreNotKeptAreNotRead() {
        DataFrame frame = trades(2).groupBy("firm").top(2, col("price").desc()).select("day");

        assertThat(frame.explain()).contains("""
                optimized plan (PruneColumns)
                  project day                              about 20 rows  0.1 KiB
                    top 2 by [firm], price descending      about 20 rows  0.1 KiB
                      scan trades.csv [firm, price, day]  about 100 rows  0.6 KiB
                layers
                  0  scan trades.csv > top 2 of groups  2 partitions
                  1  top 2 of groups                    8 partitions   slices of 0
                  2  project                            8 partitions   each of 1
                """);
    }

    @Test
    void plansNameAggregatesAsTheyAreWritten() {
        DataFrame frame = trades(1).groupBy("firm")
                .agg(quantile("price", 0.9), var("price"), std("price", 0), corr("price", "price"));

        assertThat(PlanText.tree(frame.plan())).isEqualTo("""
                  aggregate by [firm] quantile(price, 0.9) as price_quantile, var(price) as price_var, std(price, 0) as price_std,\
                 corr(price, price) as price_price_corr
                    scan trades.csv [firm, price, size, open, day]
                """);
        assertThat(PlanText.tree(trades(1).groupBy("firm").head(3).plan()))
                .startsWith("  first 3 by [firm]\n");
        assertThat(PlanText.tree(trades(1).groupBy("firm").tail(3).plan()))
                .startsWith("  last 3 by [firm]\n");
        assertThat(trades(2).groupBy("firm").tail(3).explain()).contains("scan trades.csv > last 3 of groups");
    }

    @Test
    void framesPrintAsTheCodeThatBuildsThem() {
        DataFrame frame = TRADES.frame();

        assertThat(frame.groupBy("firm")
                .dropNullKeys()
                .agg(quantile("price", 0.9), var("price"), std("price", 0),
                        corr(col("price"), col("size").plus(1)).as("c"),
                        any("open"), countDistinct("day")))
                .hasToString(
                        "trades.csv.groupBy(\"firm\").dropNullKeys().agg(quantile(\"price\", 0.9), var(\"price\"), std(\"price\", 0),"
                                + " corr(\"price\", col(\"size\").plus(1)).as(\"c\"), any(\"open\"), countDistinct(\"day\"))");
        assertThat(frame.distinct("firm", "day").groupBy("firm").top(2, col("price").desc()).groupBy("day").head(1)
                .groupBy("day").tail(2).valueCounts("firm").distinct())
                .hasToString(
                        "trades.csv.distinct(\"firm\", \"day\").groupBy(\"firm\").top(2, col(\"price\").desc()).groupBy(\"day\").head(1)"
                                + ".groupBy(\"day\").tail(2).valueCounts(\"firm\").distinct()");
    }

    private static Arguments error(Supplier<?> call, String message) {
        return Arguments.of(call, message);
    }

    static Stream<Arguments> errors() {
        DataFrame frame = TRADES.frame();
        return Stream.of(
                error(() -> frame.agg(median("firm")),
                        "median(\"firm\") needs a number, but col(\"firm\") is UTF8."),
                error(() -> frame.agg(corr("price", "day")),
                        "corr(\"price\", \"day\") needs a number, but col(\"day\") is DATE."),
                error(() -> frame.agg(any("size")), "any(\"size\") needs BOOL, but col(\"size\") is INT."),
                error(() -> quantile("price", 90),
                        "quantile(..., 90.0): the fraction must be from 0 to 1. For the 90th percentile write 0.9."),
                error(() -> quantile("price", Double.NaN),
                        "quantile(..., NaN): the fraction must be from 0 to 1. For the 90th percentile write 0.9."),
                error(() -> std("price", -1),
                        "std(..., -1): ddof must not be negative. Use 1 for a sample and 0 for a whole population."),
                error(() -> frame.groupBy("firm").mode("sise"),
                        "Column 'sise' not found in scan of trades.csv. Did you mean 'size'? Available: firm, price, size, open, day."),
                error(() -> frame.groupBy("firm").top(2),
                        "top(2) was called with nothing. Give it at least one sort key; head(count) takes the first rows as they are."),
                error(() -> frame.groupBy("firm").head(-1), "head(-1): the number of rows must not be negative."),
                error(() -> frame.groupBy("firm").tail(-2), "tail(-2): the number of rows must not be negative."),
                error(() -> frame.groupBy("frim").tail(1),
                        "Column 'frim' not found in scan of trades.csv. Did you mean 'firm'? Available: firm, price, size, open, day."),
                error(() -> frame.groupBy("firm").top(1, col("prise").desc()),
                        "Column 'prise' not found in scan of trades.csv. Did you mean 'price'? Available: firm, price, size, open, day."),
                error(() -> frame.valueCounts("frim"),
                        "Column 'frim' not found in scan of trades.csv. Did you mean 'firm'? Available: firm, price, size, open, day."));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void mistakesAreFoundWhenThePlanIsBuilt(Supplier<?> call, String message) {
        LazuliException error = catchThrowableOfType(LazuliException.class, call::get);

        assertThat(error).hasMessage(message);
        assertThat(error.code()).isEqualTo(ErrorCode.USER);
    }
}
