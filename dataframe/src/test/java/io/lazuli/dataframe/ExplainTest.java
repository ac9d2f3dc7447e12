package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
    @Test
    void showsThePlanAsWrittenAsOptimizedAndAsLayers() {
        DataFrame flights = FakeSource.of(
                "flights.parquet", "carrier: UTF8", "dest: UTF8", "delay: INT", "distance: INT", "cancelled: BOOL")
                .inPartitions(8)
                .ofBytes(1L << 30)
                .frame();
        DataFrame airports = FakeSource.of("airports.csv", "code: UTF8", "name: UTF8", "state: UTF8").frame();

        DataFrame delays = flights.leftJoin(airports)
                .leftOn("dest")
                .rightOn("code")
                .filter(col("cancelled").not().and(col("distance").gt(100)))
                .groupBy("state")
                .agg(count().as("flights"), mean("delay"))
                .sort(col("delay_mean").desc())
                .limit(10);

        assertThat(delays.explain()).isEqualTo("""
                logical plan
                  limit 10
                    sort by delay_mean descending
                      aggregate by [state] count() as flights, mean(delay) as delay_mean
                        filter not cancelled and distance > 100
                          left join on dest = code [carrier, dest, delay, distance, cancelled, name, state]
                            scan flights.parquet [carrier, dest, delay, distance, cancelled]
                            scan airports.csv [code, name, state]
                optimized plan (PruneColumns, PushFilterIntoJoin, PushFilterIntoScan)
                  limit 10                                                                                                           about 10 rows    0.4 KiB
                    sort by delay_mean descending                                                                             about 3,099,626 rows  118.2 MiB
                      aggregate by [state] count() as flights, mean(delay) as delay_mean                                      about 3,099,626 rows  118.2 MiB
                        left join on dest = code [delay, state]                                                              about 30,996,256 rows  827.7 MiB
                          filter not cancelled and distance > 100                                                            about 30,996,256 rows  236.5 MiB
                            scan flights.parquet [dest, delay, distance, cancelled] where not cancelled and distance > 100  about 107,374,182 rows  819.2 MiB
                          scan airports.csv [code, state]                                                                           about 100 rows    0.7 KiB
                layers
                  0  scan airports.csv > build                         1 partition
                  1  scan flights.parquet > filter > join > aggregate  8 partitions   all of 0
                  2  merge > top 10                                    32 partitions  slices of 1
                  3  merge > head 10                                   1 partition    all of 2
                """);
    }

    private static final FakeSource TRIPS = FakeSource.of("trips.csv", "zone: UTF8", "fare: LONG", "tip: LONG")
            .row("north", 10L, 1L)
            .row("south", 20L, 2L)
            .row("north", 30L, 3L)
            .row("south", 40L, 4L)
            .row("east", 50L, 5L)
            .inPartitions(2);

    @Test
    void partsAreShownInTheirOrderWhateverTheOrderOfTheirNames() {
        DataFrame trips = TRIPS.frame();

        assertThat(trips.explain(Explain.LAYERS, Explain.LOGICAL, Explain.LAYERS)).isEqualTo("""
                logical plan
                  scan trips.csv [zone, fare, tip]
                layers
                  0  scan trips.csv  2 partitions
                """);
        assertThat(trips.explain()).isEqualTo(trips.explain(Explain.LOGICAL, Explain.OPTIMIZED, Explain.LAYERS));
    }

    @Test
    void analyzeShowsWhatFlowedBetweenAllOperatorsBesideWhatWasPredicted() {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame sums = TRIPS.frame(engine)
                    .filter(col("fare").gt(10))
                    .withColumns(col("tip").plus(1).as("more"))
                    .filter(col("more").gt(3))
                    .groupBy("zone")
                    .agg(sum("more"))
                    .sort("more_sum");

            assertThat(masked(sums.explain(Explain.ANALYZE))).isEqualTo("""
                    measured in T.TT s, T.TT s of work, 0.0 KiB spilled
                    plan                                                          rows  predicted    bytes  predicted
                      sort by more_sum                                               3          1  0.1 KiB    0.0 KiB
                        aggregate by [zone] sum(more) as more_sum                    3          1  0.1 KiB    0.0 KiB
                          project zone, tip + 1 as more                              3         11        -    0.3 KiB
                            filter (tip + 1) > 3                                     3         11        -    0.1 KiB
                              filter fare > 10                                       4         33        -    0.3 KiB
                                scan trips.csv [zone, fare, tip] where fare > 10     5        100        -    1.0 KiB
                    layers                                                       tasks  rows    bytes    work  longest task
                      0  scan trips.csv > filter > filter > project > aggregate      2     3  0.1 KiB  T.TT s        T.TT s
                      1  merge > sort                                                1     3  0.1 KiB  T.TT s        T.TT s
                    """);
        }
    }

    @Test
    void analyzeThrowsTheErrorOfTheRunAndLeavesNothingBehind() {
        try (InlineEngine engine = new InlineEngine()) {
            DataFrame broken = TRIPS.frame(engine).select(col("zone").cast(DataType.INT));

            assertThatThrownBy(() -> broken.explain(Explain.ANALYZE)).hasMessageContaining("north");
        }
    }

    private static String masked(String text) {
        return text.replaceAll("\\d+\\.\\d\\d s", "T.TT s");
    }

    @Test
    void visualizeDrawsTheLayersThatRun(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("plan.dot");

        TRIPS.frame().groupBy("zone").agg(count()).visualize(file);

        assertThat(Files.readString(file)).contains("scan trips.csv > aggregate").contains("merge");
    }
}
