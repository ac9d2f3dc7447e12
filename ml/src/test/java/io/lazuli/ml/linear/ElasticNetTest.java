package io.lazuli.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.TestRows;
import org.junit.jupiter.api.Test;

class ElasticNetTest extends EstimatorContract<LinearModel> {
    @Override
    protected Estimator<LinearModel> estimator() {
        return new ElasticNet();
    }

    @Override
    protected TestRows rows() {
        return Regressions.rows();
    }

    @Test
    void coefficients_areScikitLearns() {
        for (double alpha : new double[] {0.01, 0.1, 1}) {
            LinearModel model =
                    new ElasticNet().withAlpha(alpha).withL1Ratio(0.7).withTol(1e-12).fit(Regressions.diabetes(3));
            assertThat(model.convergence().converged()).isTrue();
            Regressions.check("elastic_net." + alpha, model, 1e-8);
        }
    }

    @Test
    void badParameters_areRefused() {
        assertThatThrownBy(() -> new ElasticNet().withL1Ratio(1.5)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("l1_ratio is 1.5");
    }
}
