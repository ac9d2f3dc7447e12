package io.lazuli.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonRegressorTest extends EstimatorContract<PoissonModel> {
    @Override
    protected Estimator<PoissonModel> estimator() {
        return new PoissonRegressor();
    }

    @Override
    protected TestRows rows() {
        TestRows rows = TestRows.random(90, 3, 4);
        return rows.with("y", IntStream.range(0, 90)
                .mapToDouble(row -> Math.floor(Math.exp(1 + 0.5 * rows.get("f0")[row]) * (row % 5) / 2))
                .toArray());
    }

    private static void check(String name, PoissonModel model) {
        assertThat(model.convergence().converged()).isTrue();
        Regressions.check(name, model.coefficients(), model.intercept(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void coefficients_areScikitLearns(int partitions) {
        for (double alpha : new double[] {0.001, 0.01, 1}) {
            check("poisson." + alpha,
                    new PoissonRegressor().withAlpha(alpha).withTol(1e-8).fit(Regressions.diabetes(partitions)));
        }
    }

    @Test
    void variants_areScikitLearns() {
        PoissonRegressor regressor = new PoissonRegressor().withAlpha(0.01).withTol(1e-8);
        check("poisson.through_zero", regressor.withFitIntercept(false).fit(Regressions.diabetes(1)));
        check("poisson.weights", regressor.fit(Regressions.weightedDiabetes()));
    }

    @Test
    void targetsBelowZero_areRefused() {
        TestRows rows = rows();
        double[] target = rows.get("y").clone();
        target[5] = -1;
        Dataset data = Dataset.of(rows.with("y", target).frame()).withTarget("y");
        assertThatThrownBy(() -> new PoissonRegressor().fit(data)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("below 0 in the target");
    }

    @Test
    void nothingCounted_isPredicted() {
        TestRows rows = rows().with("y", new double[90]);
        PoissonModel model = new PoissonRegressor().fit(Dataset.of(rows.frame()).withTarget("y"));
        assertThat(Math.exp(model.intercept())).isLessThan(1e-4);
    }
}
