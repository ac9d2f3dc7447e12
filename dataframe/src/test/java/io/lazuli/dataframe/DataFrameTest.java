package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.coalesce;
import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.lit;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.sum;
import static io.lazuli.dataframe.Expressions.when;
import static io.lazuli.dataframe.Results.rows;
import static io.lazuli.dataframe.Results.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.ProgressText;
import io.lazuli.graph.TaskGraph;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

class DataFrameTest {
    private final InlineEngine engine = new InlineEngine();

    private static final FakeSource TRIPS =
            FakeSource.of("trips.csv", "zone: UTF8", "fare: FLOAT64", "tip: INT", "day: DATE")
                    .row("north", 10.0, 1, 0)
                    .row("a zone with a long name", 20.0, 2, 1)
                    .row("north", 30.0, null, 2)
                    .row(null, 40.0, 4, 3)
                    .row("south", null, 5, 4)
                    .row("north", 50.0, 6, 400)
                    .row("south", 60.0, 7, 800);

    private static final FakeSource ZONES = FakeSource.of("zones.csv", "zone: UTF8", "borough: UTF8")
            .row("north", "Bronx")
            .row("south", "Queens")
            .row("south", "Kings")
            .row(null, "nowhere");

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame trips(int partitionCount) {
        return TRIPS.inPartitions(partitionCount).frame(engine);
    }

    private DataFrame zones(int partitionCount) {
        return ZONES.inPartitions(partitionCount).frame(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 9})
    void filterAndProjectionKeepTheOrder(int partitionCount) {
        DataFrame frame = trips(partitionCount)
                .filter(col("fare").gt(10).and(col("zone").isNotNull()))
                .withColumns(col("tip").dividedBy(col("fare")).as("share"), col("zone").str().upper().as("zone"))
                .select("share", "zone");

        assertThat(rows(frame))
                .containsExactly(
                        List.of(0.1, "A ZONE WITH A LONG NAME"),
                        Arrays.asList(null, "NORTH"),
                        List.of(0.12, "NORTH"),
                        List.of(7 / 60.0, "SOUTH"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 9})
    void groupsHoldNullsAndArithmeticOfAggregates(int partitionCount) {
        DataFrame frame = trips(partitionCount)
                .groupBy("zone")
                .agg(count(), sum("tip"), mean("fare"), max("tip").minus(min("tip")).plus(count("fare")).as("mix"));

        assertThat(frame.schema().toString())
                .isEqualTo("[zone: UTF8, count: LONG, tip_sum: LONG, fare_mean: FLOAT64, mix: LONG]");
        assertThat(sorted(frame))
                .containsExactlyElementsOf(sorted(List.of(
                        List.of("north", 3L, 7L, 30.0, 8L),
                        List.of("a zone with a long name", 1L, 2L, 20.0, 1L),
                        Arrays.asList(null, 1L, 4L, 40.0, 1L),
                        List.of("south", 2L, 12L, 60.0, 3L))));
    }

    @Test
    void groupsByComputedKeysAndAggregatesOfExpressions() {
        DataFrame frame = trips(2)
                .groupBy(col("day").dt().year().as("year"))
                .agg(sum(col("tip").times(2)).as("twice"), col("year").plus(count()).as("key_and_count"));

        assertThat(sorted(frame))
                .containsExactly(List.of(1970, 24L, 1975L), List.of(1971, 12L, 1972L), List.of(1972, 14L, 1973L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void aggregatesOfAllRowsAreOneRow(int partitionCount) {
        assertThat(rows(trips(partitionCount).agg(count(), sum("tip"), min("zone"))))
                .containsExactly(List.of(7L, 25L, "a zone with a long name"));
        assertThat(rows(trips(partitionCount).filter(col("fare").lt(0)).agg(count(), sum("tip"))))
                .containsExactly(Arrays.asList(0L, null));
    }

    @Test
    void groupsWithoutAggregatesAreDistinct() {
        assertThat(sorted(zones(2).select("zone").groupBy("zone").agg()))
                .containsExactlyElementsOf(
                        sorted(List.of(List.of("north"), List.of("south"), Arrays.asList((Object) null))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 1L << 30})
    void joinsRepeatMatchesAndDropOrKeepTheRest(long rightBytes) {
        DataFrame right = ZONES.inPartitions(3).ofBytes(rightBytes).frame(engine);
        DataFrame left = trips(4).select("zone", "tip").filter(col("tip").gt(3));

        assertThat(sorted(left.join(right).on("zone")))
                .containsExactlyElementsOf(sorted(List.of(
                        List.of("north", 6, "Bronx"),
                        List.of("south", 5, "Queens"),
                        List.of("south", 5, "Kings"),
                        List.of("south", 7, "Queens"),
                        List.of("south", 7, "Kings"))));
        assertThat(sorted(left.leftJoin(right).on("zone"))).hasSize(6).contains(Arrays.asList(null, 4, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 1L << 30})
    void aFrameJoinsItself(long bytes) {
        DataFrame zones = ZONES.inPartitions(2).ofBytes(bytes).frame(engine);

        DataFrame pairs = zones.join(zones).withSuffix("_too").on("zone");

        assertThat(pairs.schema().names()).containsExactly("zone", "borough", "borough_too");
        assertThat(rows(pairs)).hasSize(5);
    }

    @Test
    void joinKeysOfTwoTypesMeetInTheWiderOne() {
        DataFrame codes =
                FakeSource.of("codes", "code: LONG", "text: UTF8").row(2L, "two").row(7L, "seven").frame(engine);

        DataFrame joined = trips(2).select("tip").join(codes).leftOn("tip").rightOn("code");

        assertThat(joined.schema().toString()).isEqualTo("[tip: INT, text: UTF8]");
        assertThat(sorted(joined)).containsExactly(List.of(2, "two"), List.of(7, "seven"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void sortsInAnyDirectionWithNullsLastUnlessTold(int partitionCount) {
        DataFrame frame = trips(partitionCount);

        assertThat(rows(frame.sort("zone", "tip").select("tip")))
                .containsExactly(List.of(2), List.of(1), List.of(6), Arrays.asList((Object) null), List.of(5),
                        List.of(7), List.of(4));
        assertThat(rows(frame.sort(col("zone").desc(), col("tip").times(-1).desc().nullsFirst()).select("tip")))
                .containsExactly(List.of(5), List.of(7), Arrays.asList((Object) null), List.of(1), List.of(6),
                        List.of(2), List.of(4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void limitsKeepTheFirstRows(int partitionCount) {
        DataFrame frame = trips(partitionCount);

        assertThat(rows(frame.limit(3).select("tip"))).containsExactly(List.of(1), List.of(2),
                Arrays.asList((Object) null));
        assertThat(rows(frame.sort(col("tip").desc()).select("tip").limit(2))).containsExactly(List.of(7), List.of(6));
        assertThat(rows(frame.limit(0))).isEmpty();
        assertThat(rows(frame.limit(100).limit(50))).hasSize(7);
    }

    @Test
    void aScanWithoutSplitsIsAnEmptyTable() {
        DataFrame nothing = trips(0);

        assertThat(rows(nothing)).isEmpty();
        assertThat(rows(nothing.sort("tip").limit(5))).isEmpty();
        assertThat(rows(nothing.groupBy("zone").agg(count()))).isEmpty();
        assertThat(rows(nothing.join(zones(2)).on("zone"))).isEmpty();
        assertThat(rows(zones(2).leftJoin(nothing).on("zone"))).hasSize(4);
        assertThat(nothing.count()).isZero();
        assertThat(nothing.compute().rowCount()).isZero();
    }

    @Test
    void countReadsNoColumns() {
        assertThat(trips(3).filter(col("tip").isNotNull()).count()).isEqualTo(6);
        assertThat(trips(3).count()).isEqualTo(7);
        assertThat(engine.submitted().getLast().layers().getFirst().operation().toString()).contains("columns=[]");
    }

    @Test
    void expressionsComputeWhatTheySay() {
        DataFrame frame = trips(1)
                .limit(2)
                .select(
                        when(col("tip").gt(1)).then("more").otherwise("less").as("much"),
                        coalesce(col("zone"), lit("none")).as("zone"),
                        col("tip").in(2, 3).as("in"),
                        col("tip").between(1, 1).as("between"),
                        col("fare").cast(DataType.INT).remainder(7).as("rest"),
                        col("day").cast(DataType.TIMESTAMP),
                        col("tip").mapLong("square", x -> x * x).as("square"),
                        col("zone").str().substring(0, 2).str().concat("!").as("start"));

        assertThat(rows(frame))
                .containsExactly(
                        List.of("less", "north", false, true, 3, 0L, 1L, "no!"),
                        List.of("more", "a zone with a long name", true, false, 6, 86_400_000_000L, 4L, "a !"));
    }

    @Test
    void whatAUserFunctionThrowsNamesFunctionAndLine() {
        DataFrame frame = trips(1).select(col("fare").mapDouble("broken", fare -> {
            throw new IllegalStateException("too much");
        }).as("x"));

        assertThatThrownBy(() -> rows(frame))
                .hasMessageContaining("broken")
                .hasMessageContaining("DataFrameTest.java:")
                .hasMessageContaining("too much");
    }

    @Test
    void aPersistedFrameIsComputedOnce() {
        DataFrame held = trips(3).filter(col("tip").gt(1)).persist();
        TaskGraph work = engine.submitted().getFirst();

        assertThat(held.count()).isEqualTo(5);
        assertThat(rows(held.sort(col("tip").desc()).limit(1).select("tip"))).containsExactly(List.of(7));
        assertThat(sorted(held.select("zone", "tip").join(held.select("zone", "fare")).on("zone"))).hasSize(6);
        assertThat(engine.submitted().subList(2, 4)).allSatisfy(graph -> {
            assertThat(graph.held()).containsOnlyKeys(work.output());
            assertThat(graph.layers()).noneMatch(layer -> layer.label().contains("scan"));
        });

        held.unpersist();
        held.unpersist();
        assertThatThrownBy(held::count)
                .hasMessage(
                        "persisted trips.csv is not persisted any more: unpersist() gave its memory back. Build the frame again from its source.");
        assertThatThrownBy(() -> trips(1).unpersist())
                .hasMessage("unpersist() needs the frame that persist() returned, but this one is trips.csv.");
    }

    @Test
    void persistingTwiceKeepsTwoResults() {
        DataFrame first = trips(2).persist();
        DataFrame second = trips(2).persist();

        first.unpersist();

        assertThat(second.count()).isEqualTo(7);
    }

    @Test
    void whatNoFrameRefersToGoesBack() throws InterruptedException {
        trips(2).persist().limit(1).count();

        for (int i = 0; i < 100 && engine.memory().reservedBytes() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }

        assertThat(engine.memory().reservedBytes()).isZero();
    }

    @Test
    void framesOfDifferentEnginesDoNotMeet() {
        try (InlineEngine other = new InlineEngine()) {
            assertThatThrownBy(() -> trips(1).join(ZONES.frame(other)).on("zone"))
                    .hasMessage(
                            "The frames of this plan are bound to different engines. Give both the same one with withEngine(engine).");
            DataFrame held = trips(1).persist();
            assertThatThrownBy(() -> held.withEngine(other).count())
                    .hasMessageStartingWith("persisted trips.csv was persisted on another engine");
        }
    }

    @Test
    void streamGivesEachPartitionThatHasRows() {
        try (Stream<Table> tables = trips(9).filter(col("tip").gt(1)).stream()) {
            assertThat(tables.map(Table::rowCount).reduce(0, Integer::sum)).isEqualTo(5);
        }
        try (Stream<Table> tables = trips(9).stream()) {
            assertThat(tables.findFirst().orElseThrow().rowCount()).isEqualTo(1);
        }
    }

    @Test
    void showPrintsNamesTypesAndTheFirstRows() {
        assertThat(shown(trips(2).select("zone", "fare", "tip", "day").limit(3))).isEqualTo("""
                 zone                    │    fare │  tip │ day
                 utf8                    │ float64 │  int │ date
                ─────────────────────────┼─────────┼──────┼────────────
                 north                   │    10.0 │    1 │ 1970-01-01
                 a zone with a long name │    20.0 │    2 │ 1970-01-02
                 north                   │    30.0 │ null │ 1970-01-03
                (3 rows)
                """);
        DataFrame many = trips(2).join(zones(1).withColumns(lit(1).as("one"))).on("zone");
        DataFrame more = many.select("one").join(many.select(col("one"), col("tip"))).on("one").select("one");
        assertThat(shown(more)).endsWith("(first 20 rows, there are more)\n");
    }

    private static String shown(DataFrame frame) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frame.show(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aListenerHearsTheEndOfAJob() {
        List<JobProgress> heard = new ArrayList<>();

        trips(2).withProgress(heard::add).count();

        assertThat(heard.getLast().state()).isEqualTo(JobProgress.State.SUCCEEDED);
        assertThat(ProgressText.line(heard.getLast())).isEqualTo("0.00 s  succeeded");
        assertThat(ProgressText.summary(heard.getLast())).contains("scan trips.csv > aggregate");
    }
}
