package io.lazuli.ml.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.impute.SimpleImputer;
import io.lazuli.ml.model.Transform;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Transformers against scikit-learn's, on a table with gaps, texts and ties in one or many partitions.
class PreprocessingOracleTest {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("preprocessing");
    private static final String[] NUMBERS = {"n0", "n1", "n2", "n3", "n4"};

    static Stream<Arguments> onNumbers() {
        return Stream.of(
                Arguments.of("standard", new StandardScaler()),
                Arguments.of("standard.noMean", new StandardScaler().withWithMean(false)),
                Arguments.of("standard.noStd", new StandardScaler().withWithStd(false)),
                Arguments.of("minMax", new MinMaxScaler().withFeatureRange(-1, 3)),
                Arguments.of("robust", new RobustScaler()),
                Arguments.of("robust.wide", new RobustScaler().withQuantileRange(0.05, 0.9)),
                Arguments.of("quantile.uniform", new QuantileTransformer().withNQuantiles(50)),
                Arguments.of(
                        "quantile.normal",
                        new QuantileTransformer().withOutputDistribution(QuantileTransformer.Distribution.NORMAL)),
                Arguments.of("impute.mean", SimpleImputer.mean()),
                Arguments.of("impute.median", SimpleImputer.median()),
                Arguments.of("impute.most_frequent", SimpleImputer.mostFrequent()),
                Arguments.of("impute.constant", SimpleImputer.constant(-1)));
    }

    @ParameterizedTest
    @MethodSource
    void onNumbers(String name, Estimator<? extends Transform> estimator) {
        assertFits(name, estimator, Fixtures.frame("gaps"), NUMBERS);
    }

    static Stream<Arguments> onLevels() {
        return Stream.of(
                Arguments.of("oneHot.plain", new OneHotEncoder()),
                Arguments.of("oneHot.first", new OneHotEncoder().withDrop(OneHotEncoder.Drop.FIRST)),
                Arguments.of("oneHot.binary", new OneHotEncoder().withDrop(OneHotEncoder.Drop.IF_BINARY)),
                Arguments.of("oneHot.ten", new OneHotEncoder().withMinFrequency(20)),
                Arguments.of(
                        "oneHot.share",
                        new OneHotEncoder().withMinFrequency(0.1).withDrop(OneHotEncoder.Drop.FIRST)));
    }

    @ParameterizedTest
    @MethodSource
    void onLevels(String name, Estimator<? extends Transform> estimator) {
        assertFits(name, estimator, Fixtures.frame("gaps"), "color", "size");
    }

    @Test
    void places() {
        assertFits("ordinal", new OrdinalEncoder(), Fixtures.frame("gaps"), "size");
    }

    @Test
    void products() {
        DataFrame whole = Fixtures.frame("gaps").dropNulls(NUMBERS);
        assertFits("polynomial", new PolynomialFeatures().withDegree(3), whole, NUMBERS);
        assertFits(
                "polynomial.interactions",
                new PolynomialFeatures().withDegree(3).withInteractionOnly(true).withIncludeBias(false), whole,
                NUMBERS);
    }

    private static void assertFits(
            String name, Estimator<? extends Transform> estimator, DataFrame frame, String... features) {
        double[] expected = EXPECTED.get(name);
        for (int partitions : new int[] {1, 3, 150}) {
            Dataset data = Dataset.of(partitions == 1 ? frame : frame.repartition(partitions)).withFeatures(features);
            double[] actual = Outputs.of(estimator.fit(data), data);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.length; i++) {
                if (Double.isNaN(expected[i])) {
                    assertThat(actual[i]).isNaN();
                } else {
                    assertThat(actual[i])
                            .as("%s in %d partitions, output %d", name, partitions, i)
                            .isCloseTo(expected[i], within(1e-9 * Math.max(1, Math.abs(expected[i]))));
                }
            }
        }
    }
}
