package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.internal.physical.EdgeRows;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Layer;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/// Functions over Tablesaw tables, a partition and the rows around it at a time.
class MapOverlapTest {
    private static final Schema SUM = Schema.of(new Field("sum", DataType.LONG));
    private static final FakeSource NUMBERS = FakeSource.of("numbers.csv", "x: LONG", "keep: BOOL");
    private static final AtomicInteger CALLS = new AtomicInteger();

    /// The sum of all values from `before` rows before each row to `after` behind it; null counts as 0.
    private static Function1<Table, Table> movingSum(int before, int after) {
        return table -> {
            LongColumn x = table.longColumn("x");
            LongColumn sums = LongColumn.create("sum");
            for (int row = 0; row < x.size(); row++) {
                long sum = 0;
                for (int r = Math.max(0, row - before); r <= Math.min(x.size() - 1, row + after); r++) {
                    sum += x.isMissing(r) ? 0 : x.getLong(r);
                }
                sums.append(sum);
            }
            return Table.create(sums);
        };
    }

    /// The rows in partitions that end where `cuts` say, some of them empty.
    private static DataFrame cut(List<List<Object>> rows, InlineEngine engine, int... cuts) {
        int[] sorted = IntStream.concat(IntStream.of(0, rows.size()), IntStream.of(cuts)).sorted().toArray();
        DataFrame[] parts = IntStream.range(0, sorted.length - 1)
                .mapToObj(p -> NUMBERS.withRows(rows.subList(sorted[p], sorted[p + 1])).frame(engine))
                .toArray(DataFrame[]::new);
        return parts[0].concat(Arrays.copyOfRange(parts, 1, parts.length));
    }

    @Property(tries = 300)
    void movingSumsDoNotDependOnPartitions(
            @ForAll("rows") List<List<Object>> rows,
            @ForAll @Size(max = 12) List<@IntRange(max = 1000) Integer> cuts,
            @ForAll @IntRange(max = 50) int before,
            @ForAll("few") int after,
            @ForAll boolean filters) {
        List<List<Object>> kept = rows.stream().filter(row -> !filters || (Boolean) row.get(1)).toList();
        List<Object> expected = new ArrayList<>();
        for (int row = 0; row < kept.size(); row++) {
            expected.add(kept.subList(Math.max(0, row - before), Math.min(kept.size(), row + after + 1)).stream()
                    .mapToLong(r -> r.get(0) == null ? 0 : (Long) r.get(0))
                    .sum());
        }
        try (InlineEngine engine = new InlineEngine()) {
            int[] ends = cuts.stream().mapToInt(c -> c * rows.size() / 1000).toArray();
            DataFrame frame = cut(rows, engine, ends);
            DataFrame sums = (filters ? frame.filter(col("keep")) : frame)
                    .mapOverlap(SUM, before, after, movingSum(before, after));

            assertThat(Results.rows(sums)).isEqualTo(expected.stream().map(List::of).toList());
            assertThat(sums.count()).isEqualTo(kept.size());
        }
    }

    @Provide
    Arbitrary<List<List<Object>>> rows() {
        Arbitrary<Object> numbers = Arbitraries.longs().between(-99, 99).map(n -> (Object) n).injectNull(0.1);
        return numbers.flatMap(n -> Arbitraries.of(true, false).map(keep -> Arrays.asList(n, (Object) keep))).list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> few() {
        return Arbitraries.of(0, 1, 2, 5, 60);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,0,0", "3,0,1", "3,1,0", "7,2,5", "9,1,2", "3,2147483647,2147483647"})
    void tablesComeBackAsTheyWere(int partitionCount, int before, int after) {
        FakeSource source = FakeSource.of("rows.csv", "b: BOOL", "i: INT", "l: LONG", "r: FLOAT64", "t: UTF8",
                "d: DATE", "m: TIMESTAMP")
                .row(true, 1, 2L, 3.5, "text", 4, 5_000L)
                .row(null, null, null, null, null, null, null)
                .row(false, -1, 1L << 60, -0.5, "a text longer than a view", -400_000, -7_000L)
                .row(true, 7, null, 1.0, "another text longer than a view", 1, 1_000L)
                .row(null, 8, 9L, null, "short", null, 0L);
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = source.inPartitions(partitionCount).frame(engine);

            assertThat(Results.rows(frame.mapOverlap(frame.schema(), before, after, table -> table)))
                    .isEqualTo(source.rows());
        }
    }

    @Test
    void typesThatTablesawLacksComeAsTexts() {
        FakeSource source = FakeSource.of("rows.csv", "d: DURATION", "b: BINARY", "n: decimal(9,2)")
                .row(1_500_000L, "ab", 125L)
                .row(-1L, "a text longer than a view", -1L)
                .row(null, null, null);
        Schema seen = Schema.of(new Field("seen", DataType.UTF8));
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = source.inPartitions(3).frame(engine).mapOverlap(seen, 1, 0, table -> {
                StringColumn texts = StringColumn.create("seen");
                table.forEach(row -> texts.append(row.getString("d") + " " + row.getString("n")));
                return Table.create(texts);
            });

            assertThat(Results.rows(frame))
                    .containsExactly(List.of("PT1.5S 1.25"), List.of("PT-0.000001S -0.01"), List.of(" "));
        }
    }

    @Test
    void theFunctionSeesTheRowsAroundItsPartition() {
        List<List<Object>> rows = LongStream.rangeClosed(1, 6).mapToObj(n -> List.<Object>of(n, true)).toList();
        Schema seen = Schema.of(new Field("seen", DataType.UTF8), new Field("x", DataType.LONG));
        Function1<Table, Table> all = table -> {
            CALLS.incrementAndGet();
            String values = String.join(" ", table.longColumn("x").asStringColumn().asList());
            return Table.create(
                    StringColumn.create("seen", Collections.nCopies(table.rowCount(), values)), table.column("x"));
        };
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame frame = cut(rows, engine, 2, 2, 3);
            CALLS.set(0);

            assertThat(Results.rows(frame.mapOverlap(seen, 2, 2, all))).containsExactly(
                    List.of("1 2 3 4", 1L), List.of("1 2 3 4", 2L), List.of("1 2 3 4 5", 3L),
                    List.of("2 3 4 5 6", 4L), List.of("2 3 4 5 6", 5L), List.of("2 3 4 5 6", 6L));
            assertThat(CALLS).as("calls, none for the partition without rows").hasValue(3);
            assertThat(Results.rows(frame.mapOverlap(seen, 0, 1, all).select("seen").limit(3)))
                    .containsExactly(List.of("1 2 3"), List.of("1 2 3"), List.of("3 4"));
            assertThat(Results.rows(frame.sort(col("x").desc()).repartition(3).mapOverlap(seen, 1, 0, all)))
                    .startsWith(List.of("6 5", 6L), List.of("6 5", 5L), List.of("5 4 3", 4L));
            assertThat(Results.rows(frame.filter(col("x").gt(9)).mapOverlap(seen, 1, 1, all))).isEmpty();
        }
    }

    /// Rows at the edges are blocks of their own, of no more rows than are asked for; where nothing is around, there are none.
    @Test
    void edgesAreSmallBlocks() {
        try (InlineEngine engine = new InlineEngine()) {
            List<List<Object>> rows = Collections.nCopies(1000, List.of(1L, true));
            DataFrame frame = NUMBERS.withRows(rows).inPartitions(4).frame(engine);

            assertThat(Results.rows(frame.mapOverlap(SUM, 3, 2, movingSum(3, 2)))).hasSize(1000);
            List<Layer> layers = engine.submitted().getLast().layers();
            assertThat(layers).extracting(Layer::operation)
                    .contains(new EdgeRows(List.of(0, 1), 3, true), new EdgeRows(List.of(0, 1), 2, false));
            assertThat(layers).hasSize(4);
            assertThat(layers.getLast().dependencies()).hasExactlyElementsOfTypes(
                    Dependency.OneToOne.class, Dependency.Broadcast.class, Dependency.Broadcast.class);

            Results.rows(NUMBERS.withRows(rows).frame(engine).mapOverlap(SUM, 3, 2, movingSum(3, 2)));
            assertThat(engine.submitted().getLast().layers()).hasSize(2);
            Results.rows(frame.mapOverlap(SUM, 0, 2, movingSum(0, 2)));
            assertThat(engine.submitted().getLast().layers()).hasSize(3);
        }
    }

    @Test
    void manyRowsComeInManyBatches() {
        Random random = new Random(7);
        List<List<Object>> rows =
                IntStream.range(0, 20_000).mapToObj(i -> List.<Object>of((long) random.nextInt(100), true)).toList();
        List<List<Object>> expected = IntStream.range(0, 20_000)
                .mapToObj(i -> List.<Object>of(IntStream.rangeClosed(Math.max(0, i - 5), i)
                        .mapToLong(r -> (Long) rows.get(r).getFirst())
                        .sum()))
                .toList();
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame sums = cut(rows, engine, 4_100, 4_103, 4_104, 15_000).mapOverlap(SUM, 5, 0, movingSum(5, 0));

            assertThat(Results.rows(sums)).isEqualTo(expected);
        }
    }

    @Test
    void theExampleOfTheDocumentationHolds() {
        FakeSource source = FakeSource.of("prices.csv", "price: FLOAT64").row(1.0).row(2.0).row(6.0).row(4.0).row(5.0);
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame prices = source.inPartitions(3).frame(engine);
            DataFrame changes = prices.mapOverlap(Schema.of(new Field("change", DataType.FLOAT64)), 1, 0,
                    table -> Table.create(table.doubleColumn("price").difference().setName("change")));

            assertThat(Results.rows(changes)).containsExactly(
                    Collections.singletonList(null), List.of(1.0), List.of(4.0), List.of(-2.0), List.of(1.0));
        }
    }

    @Test
    void plansAndFramesSayWhatIsMapped() {
        DataFrame frame = NUMBERS.row(3L, true).row(4L, false).inPartitions(2).frame();
        DataFrame mapped = frame.filter(col("x").gt(0)).mapOverlap(SUM, 2, 1, movingSum(2, 1)).select("sum")
                .filter(col("sum").gt(5)).limit(7);

        assertThat(mapped).hasToString(
                "numbers.csv.filter(col(\"x\").gt(0)).mapOverlap([sum: LONG], 2, 1, ...).select(\"sum\").filter(col(\"sum\").gt(5)).limit(7)");
        // nothing passes the function, which sees all columns
        assertThat(mapped.explain(Explain.OPTIMIZED)).containsSubsequence(
                "limit 7", "filter sum > 5", "map overlap of 2 rows before and 1 after [sum]", "filter x > 0",
                "scan numbers.csv [x, keep] where x > 0");
        assertThat(mapped.explain(Explain.LAYERS)).contains("edges", "map overlap > filter > head 7");
    }

    private static DataFrame mapped(Function1<Table, Table> function, InlineEngine engine) {
        List<List<Object>> rows = LongStream.range(0, 10).mapToObj(n -> List.<Object>of(n, true)).toList();
        return NUMBERS.withRows(rows).inPartitions(4).frame(engine).mapOverlap(SUM, 2, 1, function);
    }

    @Test
    void otherNumbersOfRowsAreRefused() {
        try (InlineEngine engine = new InlineEngine()) {
            assertThatThrownBy(() -> Results.rows(mapped(table -> movingSum(1, 1).apply(table).dropRows(0), engine)))
                    .isInstanceOf(LazuliException.class)
                    .hasMessageMatching(
                            "The function of mapOverlap \\(MapOverlapTest.java:\\d+\\) returned 2 rows for partition 0, for which it was given 3: 0 before it, 2 of its own and 1 after it\\. Return one row for each of them, in order \\(those around the partition are dropped here\\), or use mapPartitions\\(...\\), whose function returns any number\\.")
                    .extracting(e -> ((LazuliException) e).code())
                    .isEqualTo(ErrorCode.USER);
            assertThatThrownBy(() -> Results.rows(mapped(table -> table.rowCount() < 6
                    ? movingSum(1, 1).apply(table)
                    : movingSum(1, 1).apply(table.append(table.copy())), engine)))
                    .hasMessageContaining(
                            "returned 12 rows for partition 1, for which it was given 6: 2 before it, 3 of its own and 1 after it.");
        }
    }

    @Test
    void whatComesBackIsCheckedAgainstTheDeclaration() {
        try (InlineEngine engine = new InlineEngine()) {
            assertThatThrownBy(() -> Results.rows(mapped(table -> table, engine)))
                    .hasMessageMatching(
                            "The function of mapOverlap \\(MapOverlapTest.java:\\d+\\) returned no column 'sum' for partition 0. It declared \\[sum: LONG\\]: return these columns, in any order and no others, or declare what it returns.");
            assertThatThrownBy(() -> Results
                    .rows(mapped(table -> Table.create(DoubleColumn.create("sum", table.rowCount())), engine)))
                    .hasMessageContaining("returned column 'sum' of type DOUBLE for partition 0");
            assertThatThrownBy(() -> Results
                    .rows(mapped(table -> movingSum(1, 1).apply(table).addColumns(table.column("x")), engine)))
                    .hasMessageContaining("returned a column 'x' more for partition 0");
            assertThatThrownBy(() -> Results.rows(mapped(table -> null, engine)))
                    .hasMessageContaining("returned null for partition 0");
            assertThatThrownBy(() -> Results.rows(mapped(table -> {
                throw new IllegalStateException("broken");
            }, engine)))
                    .hasMessageMatching(
                            "The function of mapOverlap \\(MapOverlapTest.java:\\d+\\) failed for partition 0: java.lang.IllegalStateException: broken\\. Make it accept any table of the frame's columns, however short\\.");
        }
        assertThat(RowErrors.tableTooLarge("mapOverlap (Trips.java:42)", 3, 4_000, 1_000)).hasMessage(
                "The table of partition 3 for the function of mapOverlap (Trips.java:42) has at least 4,000 bytes, the limit is a quarter of the heap, 1,000 bytes. Make the partitions smaller with repartition(...), select fewer columns, or give the JVM a larger heap.");
    }

    @Test
    void mistakesAreFoundWhenThePlanIsBuilt() {
        DataFrame frame = NUMBERS.frame();
        assertThatThrownBy(() -> frame.mapOverlap(SUM, -1, 2, movingSum(1, 2)))
                .isInstanceOf(LazuliException.class)
                .hasMessage(
                        "mapOverlap([sum: LONG], -1, 2, ...): the numbers of rows before and after must not be negative.");
        assertThatThrownBy(() -> frame.mapOverlap(SUM, 0, Integer.MIN_VALUE, movingSum(1, 2)))
                .hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> frame.groupBy("x").agg(count()).mapOverlap(SUM, 1, 2, movingSum(1, 2)))
                .hasMessage(
                        "mapOverlap([sum: LONG], 1, 2, ...) needs rows in an order, but those of the groups of numbers.csv come in none. Sort them first: .sort(...).");
    }
}
