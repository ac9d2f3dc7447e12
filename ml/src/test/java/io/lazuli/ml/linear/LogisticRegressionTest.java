package io.lazuli.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.TestRows;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRegressionTest extends EstimatorContract<LogisticModel> {
    private static final Expectation EXPECTED = Expectation.of("logistic");

    @Override
    protected Estimator<LogisticModel> estimator() {
        return new LogisticRegression();
    }

    @Override
    protected TestRows rows() {
        return classes(3);
    }

    /// Rows whose class depends on features, but not on them alone.
    private static TestRows classes(int classCount) {
        TestRows rows = TestRows.random(120, 4, 7);
        double[] target = new double[rows.rowCount()];
        for (int row = 0; row < target.length; row++) {
            double score = rows.get("f0")[row] - 0.5 * rows.get("f1")[row] + rows.get("f3")[row] * 0.3;
            target[row] = (int) Math.clamp(score + (row * 37 % 11 - 5) * 0.3 + classCount / 2.0, 0, classCount - 1);
        }
        return rows.with("y", target);
    }

    private static Dataset data(String name, int partitions) {
        DataFrame frame = Fixtures.frame(name);
        Dataset data = Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withTarget("y");
        return frame.schema().find("fold").isPresent() ? data.withGroups("fold") : data;
    }

    private static void check(String name, LogisticModel model, Dataset data) {
        assertThat(model.convergence().converged()).as(name).isTrue();
        EXPECTED.check(name + ".coefficients", Expectation.flat(model.coefficients()), 1e-4);
        EXPECTED.check(name + ".intercepts", model.intercepts(), 1e-4);
        EXPECTED.checkEverySeventhRow(name + ".probabilities", model, data, 1e-5);
    }

    @ParameterizedTest
    @CsvSource({"iris, 0.01", "iris, 1.0", "iris, 100.0", "wine, 1.0", "breast_cancer, 0.01", "breast_cancer, 1.0",
        "digits, 0.01"})
    void coefficients_areScikitLearns(String name, double c) {
        Dataset data = data(name, 1);
        LogisticModel model = new LogisticRegression().withC(c).withTol(1e-6).withMaxIter(1000).fit(data);
        check(name + ".l2." + c, model, data);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void sparseCoefficients_areScikitLearns(int partitions) {
        Dataset data = data("iris", partitions);
        check("iris.l1.1.0", new LogisticRegression().withPenalty(Penalty.L1).withTol(1e-8).fit(data), data);
        LogisticRegression elasticNet =
                new LogisticRegression().withPenalty(Penalty.ELASTIC_NET).withL1Ratio(0.3).withTol(1e-8);
        check("iris.elasticnet.1.0", elasticNet.fit(data), data);
    }

    @Test
    void variants_areScikitLearns() {
        Dataset data = data("noisy", 1).withFeatures("f0", "f1", "f2", "f3", "f4");
        check("noisy.l2", new LogisticRegression().fit(data), data);
        check("noisy.none", new LogisticRegression().withPenalty(Penalty.NONE).fit(data), data);
        check("noisy.weights", new LogisticRegression().fit(data.withWeights("w")), data);
        check("noisy.through_zero", new LogisticRegression().withFitIntercept(false).fit(data), data);
    }
}
