package io.lazuli.ml.discriminant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.AbsentClasses;
import io.lazuli.ml.ClassRows;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.model.Transform;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearDiscriminantAnalysisTest extends EstimatorContract<LinearDiscriminantModel> {
    private static final Expectation EXPECTED = Expectation.of("bayes");

    @Override
    protected Estimator<LinearDiscriminantModel> estimator() {
        return new LinearDiscriminantAnalysis();
    }

    @Override
    protected TestRows rows() {
        return ClassRows.random(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "breast_cancer", "digits"})
    void whatItLearns_isScikitLearns(String name) {
        for (int partitions : new int[] {1, 7}) {
            Dataset data = ClassRows.fixture(name, partitions);
            LinearDiscriminantModel model = new LinearDiscriminantAnalysis().fit(data);
            EXPECTED.check(name + ".lda.coefficients", Expectation.flat(model.coefficients()), 1e-7);
            EXPECTED.check(name + ".lda.intercepts", model.intercepts(), 1e-7);
            EXPECTED.check(name + ".lda.ratios", model.ratios(), 1e-8);
            EXPECTED.checkEverySeventhRow(name + ".lda.probabilities", model, data, 1e-7);
        }
    }

    /// The model as a transform alone; a direction is as good as its opposite.
    private record Distances(LinearDiscriminantModel model) implements Transform {
        @Override
        public Features features() {
            return model.features();
        }

        @Override
        public Features output() {
            return model.output();
        }

        @Override
        public TileTransform over(Rows rows) {
            TileTransform transform = model.over(rows);
            return (from, to) -> {
                transform.transform(from, to);
                Arrays.stream(to).forEach(column -> Arrays.setAll(column, row -> Math.abs(column[row])));
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine", "breast_cancer"})
    void whatItMakesOfRows_isScikitLearns(String name) {
        Dataset data = ClassRows.fixture(name, 1);
        Distances distances = new Distances(new LinearDiscriminantAnalysis().fit(data));
        EXPECTED.checkEverySeventhRow(name + ".lda.transformed", distances, data, 1e-7);
    }

    @Test
    void fewComponents_areTheFirst() {
        Dataset data = ClassRows.fixture("wine", 1);
        LinearDiscriminantModel all = new LinearDiscriminantAnalysis().fit(data);
        LinearDiscriminantModel one = new LinearDiscriminantAnalysis().withComponentCount(1).fit(data);
        assertThat(all.directions()).hasNumberOfRows(2);
        assertThat(one.directions()).hasNumberOfRows(1);
        assertThat(one.directions()[0]).isEqualTo(all.directions()[0]);
        assertThat(one.output().names()).containsExactly("discriminant0");
        assertThat(one.coefficients()).isDeepEqualTo(all.coefficients());
    }

    @Test
    void aClassWithoutRows_isNeverLikely() {
        AbsentClasses.check(new LinearDiscriminantAnalysis());
    }

    @Test
    void tooFewRowsOrClasses_areRefused() {
        TestRows rows = TestRows.random(2, 2, 1);
        assertThatThrownBy(() -> fit(rows.with("y", 0, 1))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("more rows than classes");
        assertThatThrownBy(() -> fit(rows.with("y", 1, 1))).isInstanceOf(LazuliException.class)
                .hasMessageContaining("all rows are of class '1'");
    }

    private static LinearDiscriminantModel fit(TestRows rows) {
        return new LinearDiscriminantAnalysis().fit(Dataset.of(rows.frame()).withTarget("y"));
    }
}
