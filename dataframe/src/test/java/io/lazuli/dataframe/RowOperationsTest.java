package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Results.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Slices, samples, concatenation, repartition, nulls and names.
class RowOperationsTest {
    private InlineEngine engine = new InlineEngine();

    private static final FakeSource TRIPS = FakeSource.of("trips.csv", "zone: UTF8", "fare: FLOAT64", "tip: INT")
            .row("north", 10.0, 1)
            .row(null, 20.0, 2)
            .row("south", null, null)
            .row("a zone with a long name", Double.NaN, 4);

    @AfterEach
    @AfterTry
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
        engine = new InlineEngine();
    }

    private DataFrame numbers(int rowCount, int partitionCount) {
        return FakeSource.of("numbers.csv", "n: LONG", "t: UTF8")
                .withRows(range(0, rowCount))
                .inPartitions(partitionCount)
                .frame(engine);
    }

    @Property(tries = 50)
    void partsOfASplit_areAllRows_inOneFrameToo(
            @ForAll @IntRange(max = 40) int rowCount,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll @IntRange(max = 5) int seed) {
        DataFrame frame = numbers(rowCount, partitionCount);
        List<DataFrame> parts = frame.randomSplit(seed, 0.5, 0.2, 0.3);
        DataFrame two = frame.slice(0, 0).concat(parts.get(2), parts.get(0));
        assertThat(rows(two.concat(parts.get(1)))).containsExactlyInAnyOrderElementsOf(rows(frame));
    }

    @Property(tries = 50)
    void firstRowsOfASample_areThoseOfTheWholeSample(
            @ForAll @IntRange(max = 60) int rowCount, @ForAll @IntRange(min = 1, max = 12) int partitionCount,
            @ForAll @IntRange(max = 9) int count) {
        DataFrame sample = numbers(rowCount, partitionCount).sample(0.3, 7);
        List<List<Object>> all = rows(sample);
        assertThat(rows(sample.limit(count))).isEqualTo(all.subList(0, Math.min(count, all.size())));
    }

    private static List<List<Object>> range(int start, int end) {
        return IntStream.range(start, end).mapToObj(n -> List.<Object>of((long) n, "number " + n)).toList();
    }

    @Property(tries = 100)
    void slices_areSubLists(
            @ForAll @IntRange(max = 30) int rowCount,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll @IntRange(max = 35) int offset,
            @ForAll @IntRange(max = 35) int count) {
        DataFrame frame = numbers(rowCount, partitionCount);
        int start = Math.min(offset, rowCount);
        assertThat(rows(frame.slice(offset, count))).isEqualTo(range(start, Math.min(start + count, rowCount)));
        assertThat(rows(frame.tail(count))).isEqualTo(range(Math.max(0, rowCount - count), rowCount));
        assertThat(rows(frame.head(count))).isEqualTo(range(0, Math.min(count, rowCount)));
        assertThat(rows(frame.slice(offset, Long.MAX_VALUE))).isEqualTo(range(start, rowCount));
        assertThat(rows(frame.filter(col("n").ge(5)).tail(3)))
                .isEqualTo(range(Math.max(5, Math.max(rowCount - 3, 0)), Math.max(5, rowCount)));
    }

    @Provide
    Arbitrary<Integer> partitionCounts() {
        return Arbitraries.of(1, 2, 7, 40);
    }

    @Test
    void aLimitOfManyRowsLeavesThemInTheirPartitions() {
        DataFrame many = numbers(10, 3).limit(1L << 21);

        assertThat(rows(many)).isEqualTo(range(0, 10));
        assertThat(engine.submitted().getLast().outputLayer().partitionCount()).isEqualTo(3);
    }

    @Test
    void theTailOfManyRowsIsPrunedOnTheWay() {
        assertThat(rows(numbers(150_000, 2).tail(10))).isEqualTo(range(149_990, 150_000));
    }

    @Property(tries = 60)
    void repartition_keepsRowsAndOrder(
            @ForAll @IntRange(max = 40) int rowCount,
            @ForAll("partitionCounts") int before,
            @ForAll @IntRange(min = 1, max = 12) int after) {
        assertThat(rows(numbers(rowCount, before).repartition(after))).isEqualTo(range(0, rowCount));
    }

    @Test
    void repartitionMakesEqualShares() {
        DataFrame held = numbers(11, 5).filter(col("n").ge(1)).repartition(4).persist();

        List<Long> sizes = new ArrayList<>();
        Execution.run("sizes", held.plan(), held.options(), batch -> sizes.add((long) batch.rowCount()));

        assertThat(sizes).containsExactly(3L, 3L, 2L, 2L);
        held.unpersist();
    }

    @Property(tries = 40)
    void samples_areSubsetsInOrderThatTheSeedDecides(
            @ForAll long seed, @ForAll("partitionCounts") int partitionCount, @ForAll @IntRange(max = 60) int count) {
        DataFrame frame = numbers(50, partitionCount);
        List<List<Object>> all = range(0, 50);
        List<List<Object>> half = rows(frame.sample(0.5, seed));
        List<List<Object>> exact = rows(frame.sampleRows(count, seed));

        assertThat(half).isEqualTo(rows(frame.sample(0.5, seed)));
        assertThat(half).isEqualTo(inOrder(half, all));
        assertThat(exact).hasSize(Math.min(count, 50)).isEqualTo(inOrder(exact, all));
        assertThat(rows(frame.sample(1, seed))).isEqualTo(all);
        assertThat(rows(frame.sample(0, seed))).isEmpty();
        assertThat(rows(frame.shuffle(seed))).containsExactlyInAnyOrderElementsOf(all);
        List<List<Object>> together = new ArrayList<>();
        frame.randomSplit(seed, 3, 1, 0, 2).forEach(part -> together.addAll(rows(part)));
        assertThat(together).containsExactlyInAnyOrderElementsOf(all);
    }

    /// Those rows of `all` that are in `some`.
    private static List<List<Object>> inOrder(List<List<Object>> some, List<List<Object>> all) {
        HashSet<List<Object>> chosen = new HashSet<>(some);
        return all.stream().filter(chosen::contains).toList();
    }

    @Test
    void aSampleHasAboutItsShareOfEveryPartAndSeedsDiffer() {
        DataFrame frame = numbers(40_000, 4);
        List<List<Object>> sample = rows(frame.sample(0.25, 1));

        assertThat(sample).hasSizeBetween(9_600, 10_400);
        for (int part = 0; part < 8; part++) {
            long start = part * 5_000L;
            assertThat(sample.stream().filter(row -> (Long) row.getFirst() / 5_000 * 5_000 == start).count())
                    .isBetween(1_080L, 1_420L);
        }
        assertThat(rows(frame.sample(0.25, 2))).isNotEqualTo(sample);
        assertThat(rows(frame.sampleRows(100, 1))).isNotEqualTo(rows(frame.sampleRows(100, 2)));
        assertThat(rows(frame.shuffle(1)).subList(0, 50)).isNotEqualTo(range(0, 50));
    }

    @Property(tries = 60)
    void concat_isOneFrameAfterTheOther(
            @ForAll @IntRange(max = 9) int first,
            @ForAll @IntRange(max = 9) int second,
            @ForAll("partitionCounts") int partitionCount,
            @ForAll boolean isSorted) {
        DataFrame left = numbers(first, partitionCount);
        DataFrame right = numbers(second, 2).filter(col("n").ge(1)).select("t", "n");
        DataFrame middle = isSorted ? left.sort(col("n").desc()) : left;
        List<List<Object>> expected = new ArrayList<>(range(0, first));
        expected.addAll(isSorted ? range(0, first).reversed() : range(0, first));
        expected.addAll(range(Math.min(1, second), second));

        DataFrame all = left.concat(middle, right);

        assertThat(rows(all)).isEqualTo(expected);
        assertThat(rows(all.select("n"))).isEqualTo(expected.stream().map(row -> row.subList(0, 1)).toList());
        assertThat(all.filter(col("n").lt(5)).count())
                .isEqualTo(expected.stream().filter(row -> (Long) row.getFirst() < 5).count());
        assertThat(rows(all.concat(left).tail(first))).isEqualTo(range(0, first));
    }

    @Test
    void concatMeetsInTheWiderTypeAndReadsHeldBlocks() {
        DataFrame held = TRIPS.inPartitions(2).frame(engine).select("tip").persist();
        DataFrame longs = FakeSource.of("longs.csv", "tip: LONG").row(1L << 40).frame(engine);

        DataFrame all = held.concat(longs, held);

        assertThat(all.schema().toString()).isEqualTo("[tip: LONG]");
        assertThat(rows(all)).containsExactly(
                List.of(1L), List.of(2L), Arrays.asList((Object) null), List.of(4L), List.of(1L << 40), List.of(1L),
                List.of(2L), Arrays.asList((Object) null), List.of(4L));
        held.unpersist();
    }

    @Test
    void concatSaysWhatDoesNotFit() {
        DataFrame trips = TRIPS.frame(engine);
        assertThatThrownBy(() -> trips.concat(trips.drop("tip")))
                .hasMessage(
                        "concat(...): column 'tip' of the first frame is not in frame 2, the columns made from trips.csv. Available there: zone, fare. Add it with withColumns(...), or drop it.");
        assertThatThrownBy(() -> trips.concat(trips, trips.withColumns(lit(1).as("more"))))
                .hasMessage(
                        "concat(...): column 'more' of frame 3, the columns made from trips.csv, is not in the first frame, which has zone, fare, tip. Drop it, or add it to the first.");
        assertThatThrownBy(() -> trips.concat(trips.withColumns(col("zone").as("tip"))))
                .hasMessage(
                        "concat(...): column 'tip' is INT in the first frame, but UTF8 in frame 2, the columns made from trips.csv. Cast one of them: .withColumns(col(\"tip\").cast(DataType.INT)).");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void nullsAreDroppedOrFilled(int partitionCount) {
        DataFrame frame = TRIPS.inPartitions(partitionCount).frame(engine);

        assertThat(rows(frame.dropNulls().select("tip"))).containsExactly(List.of(1), List.of(4));
        assertThat(rows(frame.dropNulls("fare").select("tip"))).containsExactly(List.of(1), List.of(2), List.of(4));
        assertThat(rows(frame.fillNull("none").select("zone")).get(1)).containsExactly("none");
        assertThat(rows(frame.fillNull(0)).get(2)).containsExactly("south", 0.0, 0);
        assertThat(frame.fillNull(1L << 40).schema()).isEqualTo(frame.schema());
        assertThat(rows(frame.fillNull(1L << 40)).get(2)).containsExactly("south", 0x1p40, null);
        assertThat(rows(frame.fillNull("fare", col("tip").times(2))).get(2)).containsExactly("south", null, null);
        assertThat(rows(frame.forwardFill("zone", "tip")).get(2)).containsExactly("south", null, 2);
        assertThat(rows(frame.backwardFill()).get(2)).containsExactly("south", Double.NaN, 4);
        assertThat(rows(frame.forwardFill()).get(1)).containsExactly("north", 20.0, 2);
        assertThat(rows(frame.forwardFill(5))).isEqualTo(rows(frame.forwardFill()));
        assertThat(rows(frame.backwardFill(1, "zone"))).isEqualTo(rows(frame.backwardFill("zone")));
        assertThatThrownBy(() -> frame.fillNull(LocalDate.EPOCH))
                .hasMessage(
                        "fillNull(LocalDate.parse(\"1970-01-01\")): no column can hold LocalDate.parse(\"1970-01-01\"). The columns are [zone: UTF8, fare: FLOAT64, tip: INT].");
    }

    @Test
    void columnsAreRenamedChosenAndNumbered() {
        DataFrame frame = TRIPS.inPartitions(3).frame(engine);

        assertThat(frame.rename(Map.of("tip", "fare", "fare", "tip")).schema().names())
                .containsExactly("zone", "tip", "fare");
        assertThat(frame.selectTypes(DataType.INT, DataType.UTF8).schema().names()).containsExactly("zone", "tip");
        assertThat(frame.reorder("tip", "fare").schema().names()).containsExactly("tip", "fare", "zone");
        assertThat(rows(frame.withRowIndex("i").select("i", "tip")))
                .containsExactly(List.of(0L, 1), List.of(1L, 2), Arrays.asList(2L, null), List.of(3L, 4));
        assertThatThrownBy(() -> frame.rename(Map.of("tipp", "x"))).hasMessageContaining("Did you mean 'tip'?");
        assertThatThrownBy(() -> frame.rename(Map.of("tip", "fare"))).hasMessageContaining("'fare' would occur twice");
    }

    @Test
    void emptinessIsKnownFromOneRow() {
        assertThat(numbers(5, 3).isEmpty()).isFalse();
        assertThat(numbers(5, 3).filter(col("n").gt(9)).isEmpty()).isTrue();
        List<Integer> sizes = new ArrayList<>();
        numbers(5, 3).forEachBatch(table -> sizes.add(table.rowCount()));
        assertThat(sizes).containsExactly(1, 2, 2);
    }

    @Test
    void badCountsAndSharesAreRefused() {
        DataFrame frame = numbers(1, 1);
        assertThatThrownBy(() -> frame.tail(-1)).hasMessage("tail(-1): the number of rows must not be negative.");
        assertThatThrownBy(() -> frame.slice(-1, 2))
                .hasMessage("slice(-1, 2): the offset must not be negative. The last rows are those of tail(count).");
        assertThatThrownBy(() -> frame.slice(1, -2))
                .hasMessage("slice(1, -2): the number of rows must not be negative.");
        assertThatThrownBy(() -> frame.sampleRows(-1, 3))
                .hasMessage("sampleRows(-1, 3): the number of rows must not be negative.");
        assertThatThrownBy(() -> frame.sample(Double.NaN, 3))
                .hasMessage("sample(NaN, 3): a share must be from 0 to 1, found NaN.");
        assertThatThrownBy(() -> frame.repartition(0))
                .hasMessage("repartition(0): the number of partitions must be from 1 to 1,000,000.");
        assertThatThrownBy(() -> frame.randomSplit(1, 0.5, -1))
                .hasMessage(
                        "randomSplit(1, 0.5, -1.0): give at least two weights, none negative and not all 0, found [0.5, -1.0].");
    }

    @Test
    void theTextOfAFrameIsTheCodeThatBuildsIt() {
        DataFrame frame = numbers(1, 1);
        assertThat(frame.slice(2, 3).tail(1).sample(0.5, 7).sampleRows(9, 1L << 40).shuffle(3).concat(frame)
                .repartition(2))
                .hasToString(
                        "numbers.csv.slice(2, 3).tail(1).sample(0.5, 7).sampleRows(9, 1099511627776L).shuffle(3).concat(numbers.csv).repartition(2)");
        assertThat(frame.dropNulls().fillNull("x").fillNull("n", lit(0)).forwardFill("n").forwardFill(2, "n")
                .backwardFill(3).rename(Map.of("n", "m"))
                .selectTypes(DataType.LONG).reorder("m").withRowIndex("i"))
                .hasToString(
                        "numbers.csv.dropNulls().fillNull(\"x\").fillNull(\"n\", lit(0)).forwardFill(\"n\").forwardFill(2, \"n\").backwardFill(3).rename(Map.of(\"n\", \"m\")).selectTypes(DataType.LONG).reorder(\"m\").withRowIndex(\"i\")");
        assertThat(frame.randomSplit(3, 1, 2).get(1)).hasToString("numbers.csv.randomSplit(3, 1.0, 2.0).get(1)");
        assertThat(col("n").shift(2, lit(0)).plus(col("n").percentChange()))
                .hasToString(
                        "when(rowIndex().lt(2)).then(0).otherwise(col(\"n\").shift(2)).plus(col(\"n\").minus(col(\"n\").shift(1)).dividedBy(col(\"n\").shift(1)))");
    }

    @Test
    void explainShowsTheLayersOfOrderedColumns() {
        DataFrame frame = FakeSource.of("ticks.csv", "time: TIMESTAMP", "price: FLOAT64", "note: UTF8")
                .inPartitions(4)
                .frame()
                .select(col("time"), col("price").shift(1).as("last"), col("price").cumulative().max().as("high"))
                .tail(5);
        assertThat(frame.explain()).isEqualTo("""
                logical plan
                  slice of 5 rows at -5
                    project time, $ordered0 as last, $ordered1 as high
                      ordered shift of price by 1, max of price
                        scan ticks.csv [time, price, note]
                optimized plan (PruneColumns)
                  slice of 5 rows at -5                                   about 5 rows  0.1 KiB
                    project time, $ordered0 as last, $ordered1 as high  about 100 rows  2.3 KiB
                      ordered shift of price by 1, max of price         about 100 rows  3.1 KiB
                        scan ticks.csv [time, price]                    about 100 rows  0.7 KiB
                layers
                  0  scan ticks.csv              4 partitions
                  1  summarize                   4 partitions   each of 0
                  2  carry                       1 partition    all of 1
                  3  edges                       4 partitions   each of 0
                  4  ordered > project > tail 5  4 partitions   each of 0, all of 2, all of 3
                  5  summarize                   4 partitions   each of 4
                  6  carry                       1 partition    all of 5
                  7  slice                       4 partitions   each of 4, all of 6
                """);
    }

    @Test
    void explainShowsConcatAndSamples() {
        DataFrame first = FakeSource.of("a.csv", "x: INT", "y: INT").inPartitions(3).frame();
        DataFrame second = FakeSource.of("b.csv", "y: INT", "x: LONG").inPartitions(2).frame();
        assertThat(first.concat(second.sort("x")).select("x").sample(0.5, 7).explain()).startsWith("""
                logical plan
                  project x
                    filter $random < 0
                      random keys of seed 7
                        project x
                          concat [x, y]
                            project long(x) as x, y
                              scan a.csv [x, y]
                            project x, y
                              sort by x
                                scan b.csv [y, x]
                """);
    }
}
