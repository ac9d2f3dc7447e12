package io.lazuli.dataframe.internal.lowering;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.FakeSource;
import org.junit.jupiter.api.Test;

/// The layers of the usual plans, as `explain` shows them.
class LoweringTest {
    private static final FakeSource TRIPS =
            FakeSource.of("trips", "zone: UTF8", "fare: FLOAT64", "tip: INT").ofBytes(1L << 30);
    private static final FakeSource ZONES = FakeSource.of("zones", "zone: UTF8", "borough: UTF8").inPartitions(3);

    private static DataFrame trips(int partitionCount) {
        return TRIPS.inPartitions(partitionCount).frame();
    }

    private static String layers(DataFrame frame) {
        return frame.explain().split("layers\n")[1];
    }

    @Test
    void rowByRowWorkIsOneLayer() {
        assertThat(layers(trips(8).filter(col("tip").gt(0)).withColumns(col("tip").plus(1).as("more")))).isEqualTo("""
                  0  scan trips > filter > project  8 partitions
                """);
    }

    @Test
    void groupsAreExchangedInFourSlicesAPartition() {
        assertThat(layers(trips(6).groupBy("zone").agg(sum("tip").plus(1).as("x")).filter(col("x").gt(0)))).isEqualTo("""
                  0  scan trips > aggregate    6 partitions
                  1  merge > filter > project  32 partitions  slices of 0
                """);
    }

    @Test
    void slicesHaveAnUpperLimit() {
        assertThat(layers(trips(1000).groupBy("zone").agg(count()))).isEqualTo("""
                  0  scan trips > aggregate  1000 partitions
                  1  merge                   64 partitions  slices of 0
                """);
    }

    @Test
    void onePartitionNeedsNoExchange() {
        assertThat(layers(trips(1).groupBy("zone").agg(count()).sort("zone").limit(5))).isEqualTo("""
                  0  scan trips > aggregate  1 partition
                  1  merge > top 5           1 partition    all of 0
                """);
    }

    @Test
    void aggregatesOfAllRowsMeetInOnePartition() {
        assertThat(layers(trips(6).agg(count()))).isEqualTo("""
                  0  scan trips > aggregate  6 partitions
                  1  merge                   1 partition    all of 0
                """);
    }

    @Test
    void aSmallRightSideIsSharedByAllTasksOfTheLeft() {
        assertThat(layers(trips(6).join(ZONES.frame()).on("zone").groupBy("borough").agg(count()))).isEqualTo("""
                  0  scan zones                     3 partitions
                  1  build                          1 partition    all of 0
                  2  scan trips > join > aggregate  6 partitions   all of 1
                  3  merge                          32 partitions  slices of 2
                """);
    }

    @Test
    void aSmallRightSideOfOnePartitionIsBuiltWhereItIsRead() {
        assertThat(layers(trips(6).join(ZONES.inPartitions(1).frame()).on("zone"))).isEqualTo("""
                  0  scan zones > build  1 partition
                  1  scan trips > join   6 partitions   all of 0
                """);
    }

    @Test
    void largeSidesAreBothCutByKeyHash() {
        assertThat(layers(trips(6).join(ZONES.ofBytes(1L << 30).frame()).on("zone"))).isEqualTo("""
                  0  scan trips > partition  6 partitions
                  1  scan zones > partition  3 partitions
                  2  join                    32 partitions  slices of 0, slices of 1
                """);
    }

    @Test
    void theSidesOfASelfJoinAreOneLayer() {
        DataFrame trips = trips(2).select("zone");

        assertThat(layers(trips.join(trips).on("zone"))).isEqualTo("""
                  0  scan trips > partition  2 partitions
                  1  join                    8 partitions   slices of 0, slices of 0
                """);
    }

    @Test
    void aSortCutsRunsAtCommonBounds() {
        assertThat(layers(trips(4).sort(col("tip").desc()).filter(col("fare").gt(0)))).isEqualTo("""
                  0  scan trips > filter > sort  4 partitions
                  1  bounds                      1 partition    all of 0
                  2  cut                         4 partitions   each of 0, all of 1
                  3  merge                       4 partitions   slices of 2
                """);
    }

    @Test
    void aSortOfOnePartitionIsJustTheRun() {
        assertThat(layers(trips(1).sort("tip"))).isEqualTo("""
                  0  scan trips > sort  1 partition
                """);
    }

    @Test
    void aSortBeforeALimitKeepsOnlyTheFirstRows() {
        assertThat(layers(trips(4).sort("tip").select("zone").limit(10))).isEqualTo("""
                  0  scan trips > top 10        4 partitions
                  1  merge > head 10 > project  1 partition    all of 0
                """);
    }

    @Test
    void aLargeLimitSortsEverything() {
        assertThat(layers(trips(4).sort("tip").limit(2_000_000))).contains("bounds").contains("merge > head 2000000");
    }

    @Test
    void aLimitReadsAFewPartitionsAtFirst() {
        assertThat(layers(trips(4).limit(10).filter(col("tip").gt(0)))).isEqualTo("""
                  0  scan trips > head 10  1 partition  (reads 1 of 4 partitions at first)
                  1  filter                1 partition    each of 0
                """);
    }

    @Test
    void aLimitThatNeedsMostPartitionsTakesTheHeadOfEachAndOfAll() {
        DataFrame few = TRIPS.ofBytes(4000).inPartitions(4).frame();

        assertThat(layers(few.limit(1_000_000).filter(col("tip").gt(0)))).isEqualTo("""
                  0  scan trips > head 1000000  4 partitions
                  1  head 1000000 > filter      1 partition    all of 0
                """);
    }

    @Test
    void aLimitOfExchangedRowsTakesTheHeadOfEachPartitionAndOfAll() {
        assertThat(layers(trips(4).groupBy("zone").agg(count()).limit(10))).isEqualTo("""
                  0  scan trips > aggregate  4 partitions
                  1  merge > head 10         16 partitions  slices of 0
                  2  head 10                 1 partition    all of 1
                """);
    }

    @Test
    void equalPartsOfAPlanAreComputedOnce() {
        DataFrame sums = trips(4).groupBy("zone").agg(sum("tip"));

        assertThat(layers(sums.join(sums).withSuffix("_again").on("zone")).lines().filter(l -> l.contains("scan")))
                .hasSize(1);
    }

    @Test
    void anEmptyScanHasOnePartition() {
        assertThat(layers(trips(0).groupBy("zone").agg(count()))).isEqualTo("""
                  0  scan trips > aggregate  1 partition
                  1  merge                   1 partition    all of 0
                """);
    }

    @Test
    void groupsByMoreThanTheRowsArePartitionedByStayWhereTheyAre() {
        DataFrame perZone = trips(6).groupBy("zone").agg(sum("tip")).filter(col("tip_sum").gt(0));

        assertThat(layers(perZone.groupBy("tip_sum", "zone").agg(count()))).isEqualTo("""
                  0  scan trips > aggregate      6 partitions
                  1  merge > filter > aggregate  32 partitions  slices of 0  (already partitioned by zone)
                  2  merge                       32 partitions  each of 1
                """);
    }

    @Test
    void groupsByLessThanTheRowsArePartitionedByMove() {
        DataFrame perBoth = trips(6).groupBy("zone", "tip").agg(count());

        assertThat(layers(perBoth.groupBy("zone").agg(count()))).doesNotContain("already").contains("slices of 1");
        assertThat(layers(trips(6).groupBy("zone").agg(sum("tip")).withColumns(col("zone").str().upper().as("zone"))
                .groupBy("zone")
                .agg(count()))).doesNotContain("already");
    }

    @Test
    void theOtherSideOfAJoinFollowsTheSideThatIsPartitionedAlready() {
        DataFrame sums = trips(6).groupBy("zone").agg(sum("tip"));
        DataFrame zones = ZONES.ofBytes(1L << 40).frame();

        assertThat(layers(sums.join(zones).on("zone"))).isEqualTo("""
                  0  scan trips > aggregate  6 partitions
                  1  merge                   32 partitions  slices of 0  (already partitioned by zone)
                  2  scan zones > partition  3 partitions
                  3  join > project          32 partitions  slices of 2, each of 1
                """);
    }

    @Test
    void joinsAndGroupsOnTheSameKeyMoveEachTableOnce() {
        DataFrame zones = ZONES.ofBytes(1L << 40).frame();
        DataFrame again = FakeSource.of("again", "zone: UTF8", "x: INT").ofBytes(1L << 40).inPartitions(2).frame();

        String layers = layers(trips(6).join(zones).on("zone").join(again).on("zone").groupBy("zone").agg(count()));

        assertThat(layers.lines().filter(line -> line.contains("> partition"))).hasSize(3);
        assertThat(layers.lines().filter(line -> line.contains("already partitioned by zone"))).hasSize(2);
    }

    @Test
    void sidesThatArePartitionedAlikeBothStay() {
        DataFrame sums = trips(6).groupBy("zone").agg(sum("tip"));
        DataFrame counts = trips(6).groupBy("zone").agg(count());

        assertThat(layers(sums.join(counts).on("zone"))).doesNotContain("> partition");
    }
}
