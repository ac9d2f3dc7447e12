package io.lazuli.ml.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.AbsentClasses;
import io.lazuli.ml.ClassRows;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.TestRows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianNBTest extends EstimatorContract<GaussianNBModel> {
    private static final Expectation EXPECTED = Expectation.of("bayes");

    @Override
    protected Estimator<GaussianNBModel> estimator() {
        return new GaussianNB();
    }

    @Override
    protected TestRows rows() {
        return ClassRows.random(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "breast_cancer", "digits"})
    void probabilities_areScikitLearns(String name) {
        Dataset data = ClassRows.fixture(name, 3);
        GaussianNBModel model = new GaussianNB().fit(data);
        EXPECTED.checkEverySeventhRow(name + ".gaussian.1e-09.probabilities", model, data, 1e-8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "breast_cancer"})
    void smoothedProbabilities_areScikitLearns(String name) {
        Dataset data = ClassRows.fixture(name, 1);
        Lazy<GaussianNBModel> smoothed = new GaussianNB().withVarSmoothing(1e-3).plan(data);
        Lazy<GaussianNBModel> other = new GaussianNB().withVarSmoothing(1e-2).plan(data);
        List<GaussianNBModel> models = Lazy.computeAll(List.of(smoothed, other));
        EXPECTED.checkEverySeventhRow(name + ".gaussian.0.001.probabilities", models.getFirst(), data, 1e-9);
        assertThat(models.get(1).variances()[0][0]).isGreaterThan(models.get(0).variances()[0][0]);
    }

    @Test
    void aClassWithoutRows_isNeverLikely() {
        AbsentClasses.check(new GaussianNB());
    }

    @Test
    void oneClass_isRefused() {
        Dataset data = Dataset.of(ClassRows.random(3).with("y", new double[120]).frame()).withTarget("y");
        assertThatThrownBy(() -> new GaussianNB().fit(data)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("all rows are of class '0'");
    }
}
