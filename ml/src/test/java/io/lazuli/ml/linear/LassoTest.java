package io.lazuli.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LassoTest extends EstimatorContract<LinearModel> {
    @Override
    protected Estimator<LinearModel> estimator() {
        return new Lasso().withAlpha(0.1);
    }

    @Override
    protected TestRows rows() {
        return Regressions.rows();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void coefficients_areScikitLearns(int partitions) {
        for (double alpha : new double[] {0.01, 0.1, 1}) {
            LinearModel model = new Lasso().withAlpha(alpha).withTol(1e-12).fit(Regressions.diabetes(partitions));
            assertThat(model.convergence().converged()).isTrue();
            Regressions.check("lasso." + alpha, model, 1e-8);
        }
    }

    @Test
    void variants_areScikitLearns() {
        Lasso lasso = new Lasso().withAlpha(0.1).withTol(1e-12);
        Regressions.check("lasso.through_zero", lasso.withFitIntercept(false).fit(Regressions.diabetes(1)), 1e-8);
        Regressions.check("lasso.weights", lasso.fit(Regressions.weightedDiabetes()), 1e-8);
    }

    @Test
    void aLargePenalty_leavesNothing() {
        LinearModel model = new Lasso().withAlpha(1e6).fit(Regressions.diabetes(1));
        assertThat(Arrays.stream(model.coefficients())).allMatch(coefficient -> coefficient == 0);
        assertThat(model.convergence().converged()).isTrue();
    }

    @Test
    void withoutPenalty_itIsLeastSquares() {
        LinearModel model = new Lasso().withAlpha(0).fit(Regressions.diabetes(1));
        assertThat(model.convergence().converged()).isTrue();
        Regressions.check("least_squares", model, 1e-8);
    }

    @Test
    void aSearchThatEndsEarly_saysSo() {
        LinearModel model = new Lasso().withAlpha(0.01).withTol(1e-12).withMaxIter(2).fit(Regressions.diabetes(1));
        assertThat(model.convergence().converged()).isFalse();
        assertThat(model.convergence().iterations()).isEqualTo(2);
        assertThat(model.convergence().reached()).isPositive();
    }

    @Test
    void badParameters_areRefused() {
        assertThatThrownBy(() -> new Lasso().withAlpha(-1)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("alpha is -1.0");
        assertThatThrownBy(() -> new Lasso().withTol(0)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> new Lasso().withMaxIter(0)).isInstanceOf(LazuliException.class);
    }
}
