package io.lazuli.ml.bayes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.ClassRows;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.TestRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultinomialNBTest extends EstimatorContract<MultinomialNBModel> {
    private static final Expectation EXPECTED = Expectation.of("bayes");

    @Override
    protected Estimator<MultinomialNBModel> estimator() {
        return new MultinomialNB();
    }

    @Override
    protected TestRows rows() {
        TestRows rows = ClassRows.random(3);
        for (int j = 0; j < 4; j++) {
            rows = rows.with("f" + j,
                    Arrays.stream(rows.get("f" + j)).map(value -> Math.floor(Math.abs(value))).toArray());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "breast_cancer"})
    void probabilities_areScikitLearns(String name) {
        Dataset data = ClassRows.fixture(name, 3);
        EXPECTED.checkEverySeventhRow(
                name + ".multinomial.1.0.probabilities", new MultinomialNB().fit(data), data, 1e-9);
        EXPECTED.checkEverySeventhRow(
                name + ".multinomial.0.1.probabilities",
                new MultinomialNB().withAlpha(0.1).withFitPrior(false).fit(data), data, 1e-9);
    }

    @Test
    void negativeFeatures_areRefusedByName() {
        Dataset data = Dataset.of(ClassRows.random(2).frame()).withTarget("y");
        assertThatThrownBy(() -> new MultinomialNB().fit(data)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("below 0 in feature 'f0'");
    }
}
