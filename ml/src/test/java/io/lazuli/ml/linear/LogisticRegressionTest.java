package io.lazuli.ml.linear;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.AbsentClasses;
import io.lazuli.ml.ClassRows;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Expectation;
import io.lazuli.ml.GridSearch;
import io.lazuli.ml.SearchResult;
import io.lazuli.ml.SearchRow;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.selection.PredefinedSplit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
        return ClassRows.random(3);
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
        Dataset data = ClassRows.fixture(name, 1);
        LogisticModel model = new LogisticRegression().withC(c).withTol(1e-6).withMaxIter(1000).fit(data);
        check(name + ".l2." + c, model, data);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void sparseCoefficients_areScikitLearns(int partitions) {
        Dataset data = ClassRows.fixture("iris", partitions);
        check("iris.l1.1.0", new LogisticRegression().withPenalty(Penalty.L1).withTol(1e-8).fit(data), data);
        LogisticRegression elasticNet =
                new LogisticRegression().withPenalty(Penalty.ELASTIC_NET).withL1Ratio(0.3).withTol(1e-8);
        check("iris.elasticnet.1.0", elasticNet.fit(data), data);
    }

    @Test
    void variants_areScikitLearns() {
        Dataset data = ClassRows.fixture("noisy", 1).withFeatures("f0", "f1", "f2", "f3", "f4");
        check("noisy.l2", new LogisticRegression().fit(data), data);
        check("noisy.none", new LogisticRegression().withPenalty(Penalty.NONE).fit(data), data);
        check("noisy.weights", new LogisticRegression().fit(data.withWeights("w")), data);
        check("noisy.through_zero", new LogisticRegression().withFitIntercept(false).fit(data), data);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void aSearch_scoresFoldsAsScikitLearn(int partitions) {
        SearchResult<LogisticModel> result = GridSearch.of(new LogisticRegression())
                .over(LogisticRegression.C, 0.01, 1.0, 100.0)
                .withSplitter(PredefinedSplit.of(5))
                .withMetrics(Metrics.accuracy())
                .fit(ClassRows.fixture("iris", partitions));
        for (SearchRow<LogisticModel> row : result.rows()) {
            double[] scores = row.scores().stream().mapToDouble(List::getFirst).toArray();
            EXPECTED.check(
                    "iris.l2.%s.scores".formatted(row.candidate().parameters().get("LogisticRegression.C")), scores,
                    1e-12);
        }
    }

    @ParameterizedTest
    @EnumSource(Penalty.class)
    void anyPenalty_isMetInPartitionsAsInOne(Penalty penalty) {
        for (int classes : new int[] {2, 3}) {
            LogisticRegression regression = new LogisticRegression().withPenalty(penalty).withC(0.3);
            DataFrame frame = ClassRows.random(classes).frame();
            LogisticModel one = regression.fit(Dataset.of(frame).withTarget("y"));
            LogisticModel many = regression.fit(Dataset.of(frame.repartition(7)).withTarget("y"));
            assertThat(one.convergence().converged()).isTrue();
            double[] expected = Expectation.flat(one.coefficients());
            double[] found = Expectation.flat(many.coefficients());
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(1e-8));
            }
        }
    }

    @Test
    void aClassWithoutRows_isNeverLikely() {
        AbsentClasses.check(new LogisticRegression());
    }

    @Test
    void twoClassesOfThree_areFittedAsTwo() {
        TestRows rows = ClassRows.random(2);
        double[] fold = new double[rows.rowCount() + 1];
        double[] target = Arrays.copyOf(rows.get("y"), fold.length);
        target[target.length - 1] = 7;
        fold[fold.length - 1] = 1;
        TestRows more = rows.take(IntStream.concat(IntStream.range(0, rows.rowCount()), IntStream.of(0)).toArray())
                .with("y", target)
                .with("fold", fold);
        Dataset data = Dataset.of(more.frame()).withTarget("y").withGroups("fold").classification("test");
        LogisticModel two = new LogisticRegression().fit(Dataset.of(rows.frame()).withTarget("y"));
        LogisticModel three = new LogisticRegression().fit(data.split(PredefinedSplit.of(2)).get(1).train());
        assertThat(three.coefficients()).hasNumberOfRows(3);
        for (int j = 0; j < 4; j++) {
            assertThat(three.coefficients()[1][j] - three.coefficients()[0][j])
                    .isCloseTo(two.coefficients()[0][j], within(1e-9));
        }
        assertThat(three.intercepts()[2]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void oneClass_isRefused() {
        Dataset data = Dataset.of(ClassRows.random(3).with("y", new double[120]).frame()).withTarget("y");
        assertThatThrownBy(() -> new LogisticRegression().fit(data)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("all rows are of class '0'");
    }

    /// Without a penalty the best coefficients of classes that do not overlap are infinite.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void classesThatDoNotOverlap_endTheSearch(int classes) {
        TestRows rows = TestRows.random(90, 2, 3);
        double[] target =
                Arrays.stream(rows.get("f0")).map(x -> x < -0.3 ? 0 : x < 0.8 || classes == 2 ? 1 : 2).toArray();
        Dataset data = Dataset.of(rows.with("y", target).frame()).withTarget("y");
        LogisticModel model = new LogisticRegression().withPenalty(Penalty.NONE).withMaxIter(30).fit(data);
        assertThat(model.coefficients()[0]).doesNotContain(Double.NaN);
        assertThat(Math.abs(model.coefficients()[0][0])).isGreaterThan(5);
    }

    @Test
    void unitsAndMeans_doNotMatterWithoutPenalty() {
        TestRows rows = ClassRows.random(2);
        double[] moved = Arrays.stream(rows.get("f1")).map(value -> 1e-6 * value + 1e3).toArray();
        LogisticRegression regression = new LogisticRegression().withPenalty(Penalty.NONE);
        LogisticModel plain = regression.fit(Dataset.of(rows.frame()).withTarget("y"));
        LogisticModel other = regression.fit(Dataset.of(rows.with("f1", moved).frame()).withTarget("y"));
        assertThat(other.coefficients()[0][1] * 1e-6).isCloseTo(plain.coefficients()[0][1], within(1e-5));
        assertThat(other.coefficients()[0][2]).isCloseTo(plain.coefficients()[0][2], within(1e-6));
    }

    @Test
    void aSearchThatEndsEarly_saysSo() {
        LogisticModel model =
                new LogisticRegression().withC(0.01).withMaxIter(1).fit(ClassRows.fixture("digits", 1));
        assertThat(model.convergence().converged()).isFalse();
        assertThat(model.convergence().iterations()).isEqualTo(1);
    }

    @Test
    void textClasses_haveTheirNames() {
        DataFrame frame = ClassRows.random(2).frame().withColumns(
                when(col("y").gt(0.5)).then("yes").otherwise("no").as("name"));
        Dataset data = Dataset.of(frame).withFeatures("f0", "f1").withTarget("name");
        assertThat(new LogisticRegression().fit(data).classes().name(1)).isEqualTo("yes");
    }

    @Test
    void badParameters_areRefused() {
        assertThatThrownBy(() -> new LogisticRegression().withC(0)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("C is 0.0");
        assertThatThrownBy(() -> new LogisticRegression().withL1Ratio(-0.1)).isInstanceOf(LazuliException.class);
    }
}
