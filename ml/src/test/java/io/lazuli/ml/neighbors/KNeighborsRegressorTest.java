package io.lazuli.ml.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.model.Predictor;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KNeighborsRegressorTest extends EstimatorContract<Predictor> {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("neighbors");

    @Override
    protected Estimator<Predictor> estimator() {
        return new KNeighborsRegressor();
    }

    @Override
    protected TestRows rows() {
        TestRows rows = TestRows.random(80, 4, 1);
        return rows.with("y", rows.get("f1"));
    }

    @Override
    protected boolean takesWeights() {
        return false;
    }

    private static Dataset data(String fold) {
        return Dataset.of(Fixtures.frame("diabetes").filter(fold)).withTarget("y").withGroups("fold");
    }

    @ParameterizedTest
    @CsvSource({"1,UNIFORM,EUCLIDEAN", "5,UNIFORM,EUCLIDEAN", "7,DISTANCE,EUCLIDEAN", "4,UNIFORM,MANHATTAN",
        "6,DISTANCE,MANHATTAN"})
    void predictionsAreScikitLearns(int count, NeighborWeights weights, NeighborMetric metric) {
        Predictor model = new KNeighborsRegressor(count).withWeights(weights).withMetric(metric).fit(data("fold > 0"));
        String key = "diabetes.%d.%s.%s".formatted(count, weights, metric).toLowerCase(Locale.ROOT);
        assertThat(Outputs.of(model, data("fold < 1"))).containsExactly(EXPECTED.get(key), within(1e-9));
    }
}
