package io.lazuli.ml.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.EstimatorContract;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.TestRows;
import io.lazuli.ml.model.Model;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcaTest extends EstimatorContract<PcaModel> {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("cluster");

    @Override
    protected Estimator<PcaModel> estimator() {
        return new Pca(2);
    }

    @Override
    protected TestRows rows() {
        return TestRows.random(80, 4, 1);
    }

    static Dataset data(String name, int partitions) {
        DataFrame frame = Fixtures.frame(name);
        String[] features = frame.schema().names().stream()
                .filter(column -> !column.equals("y") && !column.equals("fold"))
                .toArray(String[]::new);
        return Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withFeatures(features);
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    /// @param tolerance of the greatest number
    static void assertAlike(String name, double[] actual, double tolerance) {
        double[] expected = EXPECTED.get(name);
        double greatest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).as(name).containsExactly(expected, within(tolerance * greatest));
    }

    static void assertAlike(String name, double[][] actual) {
        assertAlike(name, flat(actual), 1e-8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine"})
    void componentsAreThoseOfScikitLearn(String name) {
        for (int partitions : new int[] {1, 3, 7}) {
            Dataset data = data(name, partitions);
            PcaModel model = new Pca().fit(data);
            assertAlike("pca." + name + ".components", model.components());
            assertAlike("pca." + name + ".means", model.means(), 1e-12);
            assertAlike("pca." + name + ".explained_variance", model.explainedVariance(), 1e-12);
            assertAlike("pca." + name + ".explained_variance_ratio", model.explainedVarianceRatio(), 1e-12);
            assertAlike("pca." + name + ".singular_values", model.singularValues(), 1e-9);
            assertAlike("pca." + name + ".transformed", Outputs.of(model, data), 1e-8);
            PcaModel whitened = new Pca(2).withWhiten(true).fit(data);
            assertAlike("pca." + name + ".whitened", Outputs.of(whitened, data), 1e-8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "wine"})
    void aShareOfTheVarianceTakesAsManyComponentsAsItNeeds(String name) {
        PcaModel model = new Pca().withVarianceShare(0.99).fit(data(name, 1));
        assertThat((double) model.components().length).isEqualTo(EXPECTED.get("pca." + name + ".count_99")[0]);
        PcaModel most = new Pca(1).withVarianceShare(0.9999).fit(data(name, 1));
        assertThat(most.components()).hasNumberOfRows(1);
        assertThat(most.output().names()).containsExactly("pca0");
    }

    @Test
    void aWhitenedComponentWithoutVarianceIsZero() {
        TestRows rows = rows();
        TestRows twice = rows.with("f2", rows.get("f1")).with("f3", rows.get("f1"));
        Dataset data = Dataset.of(twice.frame());
        double[] outputs = Outputs.of(new Pca().withWhiten(true).fit(data), data);
        for (int row = 0; row < twice.rowCount(); row++) {
            assertThat(outputs[4 * row + 2]).isZero();
            assertThat(outputs[4 * row + 3]).isZero();
        }
    }

    @Test
    void moreComponentsThanRowsOrFeaturesAreRefused() {
        Dataset all = Dataset.of(rows().frame());
        Dataset three = Dataset.of(rows().take(0, 1, 2).frame());
        for (Estimator<? extends Model> estimator : new Estimator<?>[] {new Pca(5), new TruncatedSvd(5)}) {
            assertThatThrownBy(() -> estimator.fit(all))
                    .isInstanceOfSatisfying(
                            LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("5 components of 4 features");
        }
        assertThatThrownBy(() -> new Pca(4).fit(three)).hasMessageContaining("made of 3 rows");
        assertThat(new Pca().fit(three).components()).hasNumberOfRows(3);
    }

    @Test
    void parametersThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Pca(-1)).hasMessageContaining("n_components is -1");
        assertThatThrownBy(() -> new Pca().withVarianceShare(0)).hasMessageContaining("variance_share is 0.0");
        assertThatThrownBy(() -> new Pca().withVarianceShare(Double.NaN)).hasMessageContaining("variance_share is NaN");
        assertThatThrownBy(() -> new TruncatedSvd(0)).hasMessageContaining("n_components is 0");
    }
}
