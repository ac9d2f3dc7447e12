package io.lazuli.dataframe;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Columns in numbers.
class DescribeTest {
    private final InlineEngine engine = new InlineEngine();

    @AfterEach
    void everyTestEndsAtTheMemoryBaseline() {
        engine.close();
    }

    private DataFrame trips(int partitionCount) {
        return FakeSource.of("trips.csv", "zone: UTF8", "fare: FLOAT64", "tip: INT", "day: DATE")
                .row("north", 10.0, 1, 0)
                .row(null, 20.0, null, 1)
                .row("south", 30.0, 3, null)
                .row("east", 40.0, null, null)
                .row("west", 50.0, null, 365)
                .inPartitions(partitionCount)
                .frame(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyColumnIsARow(int partitionCount) {
        DataFrame description = trips(partitionCount).describe();

        assertThat(description.schema()).hasToString(
                "[column: UTF8, type: UTF8, count: LONG, nulls: LONG, mean: FLOAT64, std: FLOAT64, min: UTF8, quartile1: FLOAT64, median: FLOAT64, quartile3: FLOAT64, max: UTF8]");
        assertThat(Results.rows(description)).containsExactly(
                Arrays.asList("zone", "UTF8", 4L, 1L, null, null, "east", null, null, null, "west"),
                Arrays.asList("fare", "FLOAT64", 5L, 0L, 30.0, Math.sqrt(250), "10.0", 20.0, 30.0, 40.0, "50.0"),
                Arrays.asList("tip", "INT", 2L, 3L, 2.0, Math.sqrt(2), "1", 1.5, 2.0, 2.5, "3"),
                Arrays.asList("day", "DATE", 3L, 2L, null, null, "1970-01-01", null, null, null, "1971-01-01"));
    }

    @Test
    void onlyWhatIsReadIsComputed() {
        DataFrame minima = trips(2).describe().select("column", "min").filter(col("column").eq("tip"));

        assertThat(Results.rows(minima)).containsExactly(Arrays.asList("tip", "1"));
        assertThat(minima.explain().split("optimized plan")[1]).doesNotContain("quantile").doesNotContain("std");
        assertThat(minima).hasToString(
                "trips.csv.describe().select(\"column\", \"min\").filter(col(\"column\").eq(\"tip\"))");
    }

    @Test
    void noRowsHaveNoNumbers() {
        assertThat(Results.rows(trips(2).filter(col("tip").gt(9)).describe().select("column", "count", "mean", "max")))
                .contains(Arrays.asList("tip", 0L, null, null));
    }
}
