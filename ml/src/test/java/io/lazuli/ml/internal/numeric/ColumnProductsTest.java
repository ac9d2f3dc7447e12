package io.lazuli.ml.internal.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ColumnProductsTest {
    /// Whole numbers, so that sums are exact.
    private static double[][] columns(int count, int length, Random random) {
        double[][] columns = new double[count][length + 3];
        for (double[] column : columns) {
            Arrays.setAll(column, _ -> random.nextInt(-100, 100));
        }
        return columns;
    }

    private static double dot(double[] left, double[] right, int length) {
        return IntStream.range(0, length).mapToDouble(row -> left[row] * right[row]).sum();
    }

    @Property
    void sums_areThoseOfProducts(
            @ForAll @IntRange(min = 1, max = 19) int count, @ForAll @IntRange(max = 300) int length,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] left = columns(count, length, random);
        double[][] right = columns(count, length, random);
        double[] vector = columns(1, length, random)[0];
        double[][] triangle = new double[count][count];
        double[] sums = new double[count + 2];
        ColumnProducts.addTriangle(left, right, count, length, triangle);
        ColumnProducts.addTriangle(left, right, count, length, triangle);
        ColumnProducts.add(right, count, vector, length, sums, 1);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                assertThat(triangle[i][j]).isEqualTo(j <= i ? 2 * dot(left[i], right[j], length) : 0);
            }
            assertThat(sums[i + 1]).isEqualTo(dot(right[i], vector, length));
        }
        assertThat(sums[0] + sums[count + 1]).isZero();
    }

    @Property
    void combinations_areSumsOfColumns(
            @ForAll @IntRange(min = 1, max = 19) int count, @ForAll @IntRange(max = 100) int length,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] columns = columns(count, length, random);
        double[] factors = columns(1, count, random)[0];
        double[] into = new double[length];
        Arrays.fill(into, 5);
        ColumnProducts.combine(columns, count, factors, 2, length, into);
        for (int row = 0; row < length; row++) {
            double expected = 5;
            for (int j = 0; j < count; j++) {
                expected += factors[2 + j] * columns[j][row];
            }
            assertThat(into[row]).isCloseTo(expected, within(0.0));
        }
    }
}
