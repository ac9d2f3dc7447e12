package io.lazuli.ml.neighbors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.ClassRows;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.model.Classifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KNeighborsClassifierTest extends EstimatorContract<Classifier> {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("neighbors");

    @Override
    protected Estimator<Classifier> estimator() {
        return new KNeighborsClassifier();
    }

    @Override
    protected TestRows rows() {
        return ClassRows.random(3);
    }

    @Override
    protected boolean takesWeights() {
        return false;
    }

    private static Dataset data(String name, String fold, int partitions) {
        DataFrame frame = Fixtures.frame(name).filter(fold);
        return Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withTarget("y").withGroups("fold");
    }

    private static void check(String name, KNeighborsClassifier estimator) {
        String key = "%s.%d.%s.%s".formatted(
                name, estimator.nNeighbors(), estimator.weights().name().toLowerCase(Locale.ROOT),
                estimator.metric().name().toLowerCase(Locale.ROOT));
        double[] expected = EXPECTED.get(key);
        for (int partitions : new int[] {1, 3}) {
            Classifier model = estimator.fit(data(name, "fold > 0", partitions));
            double[] actual = Outputs.of(model, data(name, "fold < 1", 1));
            assertThat(Arrays.copyOf(actual, expected.length)).as(key).containsExactly(expected, within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wine", "breast_cancer"})
    void probabilitiesAreScikitLearns(String name) {
        check(name, new KNeighborsClassifier(1));
        check(name, new KNeighborsClassifier());
        check(name, new KNeighborsClassifier(7).withWeights(NeighborWeights.DISTANCE));
        check(name, new KNeighborsClassifier(4).withMetric(NeighborMetric.MANHATTAN));
        check(
                name, new KNeighborsClassifier(6).withWeights(NeighborWeights.DISTANCE)
                        .withMetric(NeighborMetric.MANHATTAN));
    }

    @Test
    void ofRowsThatAreAsNearTheFirstOnesCount() {
        TestRows rows = new TestRows(Map.of("f0", new double[] {2, 0, 0, 2, 9})).with("y", 3, 1, 2, 0, 2);
        Dataset data = Dataset.of(rows.frame()).withTarget("y");
        Dataset middle = Dataset.of(rows.with("f0", 1, 1, 1, 1, 1).frame()).withTarget("y");
        assertThat(Arrays.copyOf(Outputs.of(new KNeighborsClassifier(2).fit(data), middle), 4))
                .containsExactly(0, 0.5, 0, 0.5);
    }

    @Test
    void aRowThatIsThereCountsAlone() {
        TestRows rows = new TestRows(Map.of("f0", new double[] {0, 1, 1, 2})).with("y", 0, 1, 0, 1);
        Dataset data = Dataset.of(rows.frame()).withTarget("y");
        Classifier model = new KNeighborsClassifier(4).withWeights(NeighborWeights.DISTANCE).fit(data);
        assertThat(Outputs.of(model, data)).containsExactly(1, 0, 0.5, 0.5, 0.5, 0.5, 0, 1);
    }

    @Test
    void aRowWithAMissingFeatureHasNoNeighbours() {
        double[] values = rows().get("f2").clone();
        values[1] = Double.NaN;
        Dataset data = Dataset.of(rows().frame()).withTarget("y");
        Dataset missing = Dataset.of(rows().with("f2", values).frame()).withTarget("y");
        double[] outputs = Outputs.of(new KNeighborsClassifier().fit(data), missing);
        assertThat(Arrays.copyOfRange(outputs, 3, 6)).containsOnly(Double.NaN);
        assertThat(Arrays.copyOfRange(outputs, 6, outputs.length)).doesNotContain(Double.NaN);
    }

    @Test
    void parametersShareTheRows() {
        Dataset data = Dataset.of(rows().frame()).withTarget("y");
        Classifier one = new KNeighborsClassifier(1).fit(data);
        Classifier seven = new KNeighborsClassifier(7).fit(data);
        assertThat(((NeighborClassifier) one).index().targets())
                .isEqualTo(((NeighborClassifier) seven).index().targets());
        assertThat(Outputs.of(one, data)).isNotEqualTo(Outputs.of(seven, data));
    }

    @Test
    void moreNeighboursThanRowsAreRefused() {
        Dataset data = Dataset.of(rows().frame()).withTarget("y");
        assertThatThrownBy(() -> new KNeighborsClassifier(121).fit(data))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("121 neighbours cannot be found among 120 rows");
        assertThatThrownBy(() -> new KNeighborsClassifier(0)).hasMessageContaining("nNeighbors is 0");
    }

    @Test
    void oneClassIsRefused() {
        Dataset data = Dataset.of(rows().with("y", new double[120]).frame()).withTarget("y");
        assertThatThrownBy(() -> new KNeighborsClassifier().fit(data)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("all rows are of class '0'");
    }
}
