package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.mean;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
                  limit 10
                    sort by delay_mean descending
                      aggregate by [state] count() as flights, mean(delay) as delay_mean
                        left join on dest = code [delay, state]
                          filter not cancelled and distance > 100
                            scan flights.parquet [dest, delay, distance, cancelled] where not cancelled and distance > 100
                          scan airports.csv [code, state]
                layers
                  0  scan airports.csv > build                         1 partition
                  1  scan flights.parquet > filter > join > aggregate  8 partitions   all of 0
                  2  merge > top 10                                    32 partitions  slices of 1
                  3  merge > head 10                                   1 partition    all of 2
                """);
    }
}
