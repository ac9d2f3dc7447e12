package io.lazuli.ml.preprocessing;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Chain;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.Outputs;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Features.Feature;
import io.lazuli.ml.impute.SimpleImputer;
import io.lazuli.ml.model.ChainModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static Dataset colors() {
        return Dataset.of(Fixtures.frame("gaps").repartition(3)).withFeatures("color", "size");
    }

    private static Dataset colors(DataFrame frame) {
        return Dataset.of(frame.repartition(4)).withFeatures("color", "size");
    }

    @Test
    void features_areNamedByTheirValues() {
        assertThat(new OneHotEncoder().fit(colors()).output().names()).containsExactly(
                "color_a rather long name of a color", "color_blue", "color_green", "color_red", "color_None", "size_1",
                "size_2", "size_3", "size_10");
        assertThat(new OneHotEncoder().withMinFrequency(20).fit(colors()).output().names()).containsExactly(
                "color_blue", "color_green", "color_red", "color_infrequent_sklearn", "size_1", "size_2",
                "size_infrequent_sklearn");
        assertThat(new PolynomialFeatures().fit(colors().withFeatures("n0", "size")).output().names())
                .containsExactly("1", "n0", "size", "n0^2", "n0 size", "size^2");
    }

    @Test
    void anUnknownValue_isRefusedOrLeftOutOrInfrequent() {
        Dataset few = colors(Fixtures.frame("gaps").filter(col("color").ne("green")));
        assertThatThrownBy(() -> Outputs.of(new OneHotEncoder().fit(few), colors()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("'color'")
                .hasMessageContaining("'green'")
                .hasMessageContaining("withHandleUnknown");

        OneHotEncoder ignoring = new OneHotEncoder().withHandleUnknown(OneHotEncoder.HandleUnknown.IGNORE);
        OneHotModel model = ignoring.fit(few);
        double[] rows = Outputs.of(model, colors());
        assertThat(sums(rows, model.output().count(), 0, model.categories().getFirst().count())).contains(0.0, 1.0);

        OneHotModel infrequent = ignoring.withHandleUnknown(OneHotEncoder.HandleUnknown.INFREQUENT).withMinFrequency(20)
                .fit(few);
        assertThat(sums(Outputs.of(infrequent, colors()), infrequent.output().count(), 0, 3)).containsOnly(1.0);
    }

    private static double[] sums(double[] rows, int width, int start, int end) {
        double[] sums = new double[rows.length / width];
        for (int row = 0; row < sums.length; row++) {
            for (int j = start; j < end; j++) {
                sums[row] += rows[row * width + j];
            }
        }
        return sums;
    }

    @Test
    void places_areCategories() {
        assertThat(new OrdinalEncoder().fit(colors()).output()).isEqualTo(
                new Features(List.of(Feature.category("color", 4), Feature.category("size", 4))));
        Dataset few = colors(Fixtures.frame("gaps").filter("size < 3"));
        OrdinalModel model = new OrdinalEncoder().withUnknownValue(-1).fit(few);
        assertThat(model.output().get(1)).isEqualTo(Feature.number("size"));
        assertThat(Outputs.of(model, colors())).contains(-1);
        assertThatThrownBy(() -> Outputs.of(new OrdinalEncoder().fit(few), colors()))
                .hasMessageContaining("'size' has the value '3.0'");
        assertThatThrownBy(() -> new OrdinalEncoder().withUnknownValue(3)).hasMessageContaining("unknown_value");
    }

    @Test
    void textsThatAreFilled_goOnAsTexts() {
        for (SimpleImputer imputer : List.of(SimpleImputer.mostFrequent(), SimpleImputer.constant("none"))) {
            Dataset data = Dataset.of(Fixtures.frame("gaps").repartition(7)).withFeatures("color", "n2");
            ChainModel model = Chain.of(imputer, new OneHotEncoder()).fit(data);
            boolean isConstant = imputer.strategy() == SimpleImputer.Strategy.CONSTANT;
            assertThat(model.output().names().subList(0, isConstant ? 5 : 4)).containsExactlyElementsOf(
                    isConstant
                            ? List.of(
                                    "color_a rather long name of a color", "color_blue", "color_green", "color_none",
                                    "color_red")
                            : List.of(
                                    "color_a rather long name of a color", "color_blue", "color_green", "color_red"));
            double[] rows = Outputs.of(model, data);
            assertThat(sums(rows, model.output().count(), 0, isConstant ? 5 : 4)).containsOnly(1.0);
        }
    }

    @Test
    void textsForNumbers_areRefusedByName() {
        assertThatThrownBy(() -> new StandardScaler().fit(colors()))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("color");
        assertThatThrownBy(() -> new PolynomialFeatures().fit(colors())).hasMessageContaining("color");
    }

    @Test
    void aFeatureWithoutValues_isLeftOutUnlessTheFillIsGiven() {
        DataFrame frame = Fixtures.frame("gaps").withColumns(col("n0").times(Double.NaN).as("void"));
        Dataset data = Dataset.of(frame).withFeatures("n0", "void", "n1");
        for (SimpleImputer imputer : List.of(SimpleImputer.mean(), SimpleImputer.median(),
                SimpleImputer.mostFrequent())) {
            assertFilled(imputer, data, "n0", "n1");
        }
        assertFilled(SimpleImputer.constant(0), data, "n0", "void", "n1");
    }

    private static void assertFilled(SimpleImputer imputer, Dataset data, String... names) {
        assertThat(imputer.fit(data).output().names()).containsExactly(names);
        assertThat(Outputs.of(imputer.fit(data), data)).doesNotContain(Double.NaN);
    }

    @Test
    void infiniteValues_areRefusedByName() {
        DataFrame frame = Fixtures.frame("gaps").withColumns(col("n0").dividedBy(0.0).as("far"));
        Dataset data = Dataset.of(frame).withFeatures("n1", "far");
        assertThatThrownBy(() -> new StandardScaler().fit(data)).hasMessageContaining("'far'");
        assertThatThrownBy(() -> new MinMaxScaler().fit(data)).hasMessageContaining("'far'");
        assertThatThrownBy(() -> new RobustScaler().fit(data)).hasMessageContaining("'far'");
    }

    @Test
    void parametersThatCannotBe_areRefused() {
        assertThatThrownBy(() -> new MinMaxScaler().withFeatureRange(1, 1)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> new RobustScaler().withQuantileRange(25, 75)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> new QuantileTransformer().withNQuantiles(0)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> new OneHotEncoder().withMinFrequency(1.5)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> new PolynomialFeatures().withDegree(0)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(
                () -> new PolynomialFeatures().withDegree(40).fit(colors().withFeatures("n0", "n1", "n2", "n3")))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("100,000");
    }
}
