package io.lazuli.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
    /// Rows `start`, `start + 1`, ...; the weight of each is one more than its last digit, and its square ten times as much.
    private static RowSample sample(int capacity, int start, int count, long seed) {
        RowSample.Builder builder = new RowSample.Builder(capacity, 1, seed);
        for (int at = start; at < start + count; at += 100) {
            int length = Math.min(100, start + count - at);
            double[] values = IntStream.range(at, at + length).asDoubleStream().toArray();
            double[] weights = Arrays.stream(values).map(value -> 1 + value % 10).toArray();
            double[] squares = Arrays.stream(weights).map(weight -> 10 * weight).toArray();
            builder.add(new double[][] {values}, weights, squares, 0.1, length);
        }
        return builder.finish();
    }

    @Test
    void allOfFewRowsAreTaken_inTheirOrder() {
        RowSample sample = sample(50, 0, 30, 1).merge(sample(50, 30, 20, 1));
        assertThat(sample.isWhole()).isTrue();
        assertThat(sample.columns()[0]).containsExactly(IntStream.range(0, 50).asDoubleStream().toArray());
        assertThat(sample.standing()).isEqualTo(sample.weights());
    }

    @Test
    void ofManyRowsAsManyAreTakenAsThereIsRoomFor_eachOnce() {
        RowSample sample = sample(50, 0, 3_000, 1).merge(sample(50, 3_000, 500, 1));
        assertThat(sample.isWhole()).isFalse();
        assertThat(sample.count()).isEqualTo(50);
        assertThat(sample.columns()[0]).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void rowsStandForTheWeightOfAllOnAverage() {
        double all = IntStream.range(0, 4_000).mapToDouble(row -> 1 + row % 10).sum();
        double light = IntStream.range(0, 4_000).mapToDouble(row -> row % 10 < 5 ? 1 + row % 10 : 0).sum();
        double total = 0;
        double totalLight = 0;
        int seeds = 200;
        for (int seed = 0; seed < seeds; seed++) {
            RowSample sample = sample(100, 0, 1_000, seed).merge(sample(100, 1_000, 3_000, seed));
            double[] standing = sample.standing();
            for (int row = 0; row < standing.length; row++) {
                total += standing[row];
                totalLight += sample.columns()[0][row] % 10 < 5 ? standing[row] : 0;
            }
        }
        assertThat(total / seeds).isCloseTo(all, within(0.02 * all));
        assertThat(totalLight / seeds).isCloseTo(light, within(0.04 * light));
    }
}
