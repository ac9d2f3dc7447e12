package io.lazuli.ml.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NeighborSearchTest {
    /// Of few values, many distances are equal.
    @Property(tries = 200)
    void theNearestRowsAreFound(
            @ForAll @IntRange(min = 1, max = 18) int features, @ForAll @IntRange(min = 1, max = 2_500) int rowCount,
            @ForAll @IntRange(min = 1, max = 12) int most, @ForAll @IntRange(min = 1, max = 30) int values,
            @ForAll NeighborMetric metric, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] columns = new double[features][rowCount];
        for (double[] column : columns) {
            Arrays.setAll(column, _ -> random.nextInt(values));
        }
        NeighborSearch search = new NeighborSearch(RowTree.of(columns, rowCount), metric, most);
        for (int i = 0; i < 5; i++) {
            double[] point = random.ints(features, -1, values + 1).asDoubleStream().toArray();
            double[] distances = IntStream.range(0, rowCount)
                    .mapToDouble(row -> distance(columns, row, point, metric))
                    .toArray();
            int[] expected = IntStream.range(0, rowCount).boxed()
                    .sorted(Comparator.comparingDouble(row -> distances[row]))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .toArray();
            int count = search.find(point);
            assertThat(Arrays.copyOf(search.rows(), count)).containsExactly(expected);
            for (int n = 0; n < count; n++) {
                assertThat(search.distances()[n]).isCloseTo(distances[expected[n]], within(1e-12));
            }
        }
    }

    private static double distance(double[][] columns, int row, double[] point, NeighborMetric metric) {
        IntStream features = IntStream.range(0, point.length);
        return switch (metric) {
            case EUCLIDEAN ->
                Math.sqrt(features.mapToDouble(j -> Math.pow(columns[j][row] - point[j], 2)).sum());
            case MANHATTAN -> features.mapToDouble(j -> Math.abs(columns[j][row] - point[j])).sum();
        };
    }

    @Property
    void aPartedOrderHasNoGreaterValueBeforeThePlace(
            @ForAll @IntRange(min = 1, max = 200) int count, @ForAll @IntRange(min = 1, max = 50) int values,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[] column = random.ints(count, 0, values).asDoubleStream().toArray();
        int[] rows = IntStream.range(0, count).toArray();
        int place = random.nextInt(count);
        Median.part(column, rows, 0, count, place);
        double before = Arrays.stream(rows).limit(place).mapToDouble(row -> column[row]).max().orElse(-1);
        double after = Arrays.stream(rows).skip(place).mapToDouble(row -> column[row]).min().orElseThrow();
        assertThat(before).isLessThanOrEqualTo(after);
        assertThat(Arrays.stream(rows).sorted()).containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
    }
}
