package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.internal.lowering.Lowered;
import io.lazuli.dataframe.internal.lowering.Measurements;
import io.lazuli.dataframe.internal.lowering.Sizing;
import io.lazuli.dataframe.internal.plan.rule.Optimizer;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Plans that go on by sizes that were measured: which jobs they become, and which layers these have. The sources pretend to be far too
/// large for a table that tasks share.
class MeasuredJoinsTest {
    private static final long HUGE = 1L << 40;
    private static final FakeSource TRIPS = FakeSource.of("trips", "zone: LONG", "fare: LONG")
            .withRows(IntStream.range(0, 60).<List<Object>>mapToObj(i -> List.of(i % 10L, (long) i)).toList())
            .inPartitions(6)
            .ofBytes(HUGE);
    private static final FakeSource ZONES = FakeSource.of("zones", "zone: LONG", "name: UTF8")
            .withRows(IntStream.range(0, 10).<List<Object>>mapToObj(i -> List.of((long) i, "zone " + i)).toList())
            .inPartitions(3)
            .ofBytes(HUGE / 4);

    private final InlineEngine engine = new InlineEngine();

    /// Closing it fails if any memory is left.
    @AfterEach
    void nothingIsKept() {
        engine.close();
    }

    private DataFrame trips() {
        return TRIPS.frame(engine);
    }

    private DataFrame zones() {
        return ZONES.frame(engine);
    }

    private List<List<String>> jobs() {
        return engine.submitted().stream()
                .map(graph -> graph.layers().stream()
                        .map(layer -> layer.label() + " " + layer.partitionCount())
                        .toList())
                .toList();
    }

    @Test
    void aSideThatIsSmallAfterItsFilterIsSharedAndTheOtherDoesNotMove() {
        DataFrame joined = trips().join(zones().filter(col("name").eq("zone 3"))).on("zone");

        assertThat(joined.compute().rowCount()).isEqualTo(6);
        assertThat(jobs()).containsExactly(
                List.of("scan zones > filter > partition 3"), List.of("build 1", "scan trips > join 6"));
    }

    @Test
    void theSideThatIsThoughtToBeSmallerIsMeasuredFirst() {
        DataFrame joined = trips().filter(col("fare").eq(7).and(col("zone").gt(1))).join(zones()).on("zone");

        assertThat(joined.compute().rowCount()).isOne();
        assertThat(jobs()).containsExactly(
                List.of("scan trips > filter > partition 6"),
                List.of("build 1", "scan zones > join > project 3"));
    }

    @Test
    void whatIsCertainOrWouldNotHelpIsNotMeasured() {
        trips().join(zones()).on("zone").compute();
        trips().fullJoin(zones().filter(col("name").eq("zone 3"))).on("zone").compute();
        trips().filter(col("fare").gt(3)).leftJoin(zones()).on("zone").compute();

        assertThat(engine.submitted()).hasSize(3);
    }

    @Test
    void aSideThatIsLargeAfterAllIsReadWhereItWasCut() {
        try (Stages stages = stages(
                trips().join(zones().filter(col("name").ne("zone 3"))).on("zone"), new Sizing(100, 1 << 20))) {
            Lowered lowered = stages.prepare();

            assertThat(lowered.graph().held()).hasSize(1);
            assertThat(labels(lowered.graph().layers())).containsExactly("scan trips > partition", "join");
        }
    }

    @Test
    void bothSidesAreMeasuredIfTheFirstIsLargeAndThenCutForAsManyTasksAsTheirBytesAreWorth() {
        DataFrame joined = trips().filter(col("fare").ge(0)).join(zones().filter(col("name").ne("zone 3"))).on("zone");
        try (Stages stages = stages(joined, new Sizing(100, 400))) {
            Lowered lowered = stages.prepare();

            assertThat(engine.submitted()).hasSize(2);
            assertThat(labels(lowered.graph().layers())).containsExactly("join slices", "join slices", "join");
            assertThat(lowered.graph().outputLayer().partitionCount()).isEqualTo(4);
        }
    }

    @Test
    void aJoinAboveOneThatWasMeasuredGoesOnFromThere() {
        DataFrame few = zones().filter(col("name").eq("zone 3"));
        DataFrame joined = trips().join(few).on("zone").join(few).withSuffix("_again").on("zone");

        assertThat(joined.count()).isEqualTo(6);
        assertThat(engine.submitted()).hasSize(2);
        assertThat(jobs().getLast()).contains("scan trips > join > join > aggregate 6");
    }

    @Test
    void fewGroupsMeetInOneTask() {
        DataFrame sums = FakeSource.of("few", "k: LONG", "v: LONG")
                .withRows(TRIPS.rows())
                .inPartitions(6)
                .frame(engine)
                .groupBy("k")
                .agg(sum("v").as("s"))
                .sort("k");

        assertThat(sums.compute().longColumn("s").asList()).hasSize(10).startsWith(150L);
        assertThat(jobs()).containsExactly(List.of("scan few > aggregate 6"), List.of("merge > sort 1"));
    }

    @Test
    void groupsOfWhichManyAreExpectedAreNotMeasured() {
        trips().groupBy("zone").agg(count()).compute();

        assertThat(jobs()).containsExactly(List.of("scan trips > aggregate 6", "merge 32"));
    }

    @Test
    void whatAStageThrowsEndsTheRunAndLeavesNothing() {
        DataFrame joined = trips()
                .join(zones().filter(col("name").cast(DataType.LONG).eq(3)))
                .on("zone");

        assertThatThrownBy(joined::compute).hasMessageContaining("zone 0");
    }

    @Test
    void aListenerHearsOfAllStagesAsOfOneJob() {
        List<JobProgress> heard = new ArrayList<>();

        trips().join(zones().filter(col("name").eq("zone 3"))).on("zone").withProgress(heard::add).compute();

        assertThat(heard.getLast().state()).isEqualTo(JobProgress.State.SUCCEEDED);
        assertThat(heard.getLast().layers()).extracting(JobProgress.LayerProgress::label)
                .containsExactly("scan zones > filter > partition", "build", "scan trips > join");
        assertThat(heard.subList(0, heard.size() - 1)).noneMatch(p -> p.state() == JobProgress.State.SUCCEEDED);
    }

    @Test
    void explainSaysWhatIsMeasuredAndAnalyzeWhatWasChosen() {
        DataFrame joined = trips().join(zones().filter(col("name").eq("zone 3"))).on("zone");

        assertThat(joined.explain(Explain.LAYERS)).isEqualTo("""
                layers
                  0  scan trips > partition           6 partitions
                  1  scan zones > filter > partition  3 partitions  (runs first, its size decides how to join)
                  2  join                             32 partitions  slices of 0, slices of 1
                """);
        assertThat(joined.explain(Explain.ANALYZE).replaceAll("\\d+\\.\\d\\d s", "T.TT s")).isEqualTo("""
                measured in T.TT s, T.TT s of work, 0.0 KiB spilled
                plan                                                 rows        predicted    bytes   predicted
                  join on zone = zone [zone, fare, name]                6  109,951,162,777  0.3 KiB  4096.0 GiB
                    scan trips [zone, fare]                            60  109,951,162,777        -  1024.0 GiB
                    filter name = 'zone 3'                              1    2,748,779,069  0.0 KiB    25.6 GiB
                      scan zones [zone, name] where name = 'zone 3'    10   27,487,790,694        -   256.0 GiB
                layers                                tasks  rows    bytes    work  longest task
                  0  scan zones > filter > partition      3     1  0.0 KiB  T.TT s        T.TT s
                  1  build                                1     0  1.5 KiB  T.TT s        T.TT s
                  2  scan trips > join                    6     6  0.3 KiB  T.TT s        T.TT s
                notes
                  1  shared by all tasks: its side has 0.0 KiB, at most 32.0 MiB are
                """);
    }

    private Stages stages(DataFrame frame, Sizing sizing) {
        return new Stages(
                Optimizer.optimize(frame.plan(), RuleSet.DEFAULT).plan(), Optional.empty(), engine,
                JobOptions.DEFAULTS, Measurements.none(sizing));
    }

    private static List<String> labels(List<Layer> layers) {
        return layers.stream().map(Layer::label).toList();
    }
}
