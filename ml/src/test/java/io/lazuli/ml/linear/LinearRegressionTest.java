package io.lazuli.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearRegressionTest extends EstimatorContract<LinearModel> {
    @Override
    protected Estimator<LinearModel> estimator() {
        return new LinearRegression();
    }

    @Override
    protected TestRows rows() {
        return Regressions.rows();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void coefficients_areScikitLearns(int partitions) {
        Dataset data = Regressions.diabetes(partitions);
        Regressions.check("least_squares", new LinearRegression().fit(data), 1e-10);
        Regressions.check(
                "least_squares.through_zero", new LinearRegression().withFitIntercept(false).fit(data), 1e-10);
        Regressions.check(
                "least_squares.weights", new LinearRegression().fit(Regressions.weightedDiabetes()), 1e-10);
    }

    private static Dataset data(TestRows rows, int partitions) {
        DataFrame frame = rows.frame();
        return Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withTarget("y");
    }

    /// Powers of numbers between 10 and 11: the products of features, as numbers, say nothing about the last ones.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void featuresThatNearlyDepend_haveTheirCoefficients(int partitions) {
        double[] x = IntStream.range(0, 200).mapToDouble(row -> 10 + row / 200.0).toArray();
        TestRows rows = TestRows.random(200, 1, 1).without("f0").with("f1", x);
        for (int power = 2; power <= 4; power++) {
            int exponent = power;
            rows = rows.with("f" + power,
                    Arrays.stream(x).map(value -> Math.pow(value - 10, exponent) + value).toArray());
        }
        TestRows all = rows;
        double[] target = IntStream.range(0, 200)
                .mapToDouble(row -> 1 + 2 * all.get("f1")[row] - all.get("f2")[row] + 3 * all.get("f3")[row]
                        - 4 * all.get("f4")[row])
                .toArray();
        LinearModel model = new LinearRegression().fit(data(rows.with("y", target), partitions));
        double[] expected = {2, -1, 3, -4};
        for (int j = 0; j < expected.length; j++) {
            assertThat(model.coefficients()[j]).isCloseTo(expected[j], within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 90})
    void featuresThatDepend_shareTheirCoefficients(int partitions) {
        TestRows rows = TestRows.random(60, 2, 3);
        double[] doubled = Arrays.stream(rows.get("f0")).map(value -> 2 * value + 5).toArray();
        double[] target = DoubleStream.of(rows.get("f0")).map(value -> 10 * value - 1).toArray();
        LinearModel model = new LinearRegression().fit(data(rows.with("f2", doubled).with("y", target), partitions));
        assertThat(model.coefficients()[0]).isCloseTo(2, within(1e-9));
        assertThat(model.coefficients()[1]).isCloseTo(0, within(1e-9));
        assertThat(model.coefficients()[2]).isCloseTo(4, within(1e-9));
    }

    @Test
    void fewerRowsThanFeatures_areMetExactly() {
        TestRows rows = TestRows.random(3, 6, 5).with("y", 1, 2, 4);
        LinearModel model = new LinearRegression().fit(data(rows, 1));
        for (int row = 0; row < 3; row++) {
            double predicted = model.intercept();
            for (int j = 0; j < 6; j++) {
                predicted += model.coefficients()[j] * rows.get("f" + j)[row];
            }
            assertThat(predicted).isCloseTo(rows.get("y")[row], within(1e-10));
        }
    }

    @Test
    void largeMeans_costNoDigits() {
        TestRows rows = Regressions.rows();
        double[] shifted = Arrays.stream(rows.get("f0")).map(value -> value + (1L << 30)).toArray();
        double[] expected = new LinearRegression().fit(data(rows, 1)).coefficients();
        double[] found = new LinearRegression().fit(data(rows.with("f0", shifted), 3)).coefficients();
        for (int j = 0; j < expected.length; j++) {
            assertThat(found[j]).isCloseTo(expected[j], within(1e-6));
        }
    }
}
