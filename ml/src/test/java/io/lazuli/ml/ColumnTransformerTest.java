package io.lazuli.ml;

import static io.lazuli.ml.ColumnTransformer.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.impute.SimpleImputer;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.model.ColumnTransformerModel;
import io.lazuli.ml.preprocessing.MinMaxScaler;
import io.lazuli.ml.preprocessing.OneHotEncoder;
import io.lazuli.ml.preprocessing.PolynomialFeatures;
import io.lazuli.ml.preprocessing.StandardScaler;
import io.lazuli.ml.selection.KFold;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTransformerTest extends EstimatorContract<ColumnTransformerModel> {
    @Override
    protected Estimator<ColumnTransformerModel> estimator() {
        return ColumnTransformer
                .of(on("f2", "f0").apply(SimpleImputer.median(), new StandardScaler()),
                        on("f1").apply(new MinMaxScaler()))
                .withRemainder(ColumnTransformer.Remainder.PASSTHROUGH);
    }

    @Override
    protected TestRows rows() {
        return TestRows.random(80, 4, 1);
    }

    @Override
    protected boolean takesMissing() {
        return true;
    }

    private static Dataset gaps(int partitions) {
        return Dataset.of(Fixtures.frame("gaps").repartition(partitions)).withTarget("n3");
    }

    private static ColumnTransformer mixed() {
        return ColumnTransformer.of(
                on("n1", "n0").apply(SimpleImputer.median(), new StandardScaler()),
                on("color").apply(new OneHotEncoder()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 150})
    void parts_areFittedOnTheirOwnFeatures(int partitions) {
        Dataset data = gaps(partitions);
        ColumnTransformerModel model = mixed().withRemainder(ColumnTransformer.Remainder.PASSTHROUGH).fit(data);
        assertThat(model.output().names()).containsExactly(
                "n1", "n0", "color_a rather long name of a color", "color_blue", "color_green", "color_red",
                "color_None", "n2", "n4", "size");
        double[] all = Outputs.of(model, data);
        assertThat(column(all, 10, 0, 2)).containsExactly(
                Outputs.of(Chain.of(SimpleImputer.median(), new StandardScaler()).fit(data.withFeatures("n1", "n0")),
                        data.withFeatures("n1", "n0")));
        assertThat(column(all, 10, 2, 7)).containsExactly(
                Outputs.of(new OneHotEncoder().fit(data.withFeatures("color")), data.withFeatures("color")));
        Dataset last = data.withFeatures("n2", "n4", "size");
        double[] raw = Outputs.of(new PolynomialFeatures(1, false, false).fit(last), last);
        assertThat(column(all, 10, 7, 10)).containsExactly(raw);
    }

    private static double[] column(double[] rows, int width, int start, int end) {
        double[] taken = new double[rows.length / width * (end - start)];
        for (int row = 0; row < rows.length / width; row++) {
            System.arraycopy(rows, row * width + start, taken, row * (end - start), end - start);
        }
        return taken;
    }

    @Test
    void textsThatPassThrough_areReadByTheNextStep() {
        Dataset data = gaps(3).withFeatures("color", "n1", "n2");
        ColumnTransformer filled = ColumnTransformer.of(on("n1", "n2").apply(SimpleImputer.mean()))
                .withRemainder(ColumnTransformer.Remainder.PASSTHROUGH);
        ColumnTransformer encoded = ColumnTransformer.of(
                on("color").apply(SimpleImputer.constant("none"), new OneHotEncoder()),
                on("n1").apply(new MinMaxScaler()));
        Dataset next = data.transform(filled.plan(data));
        double[] inLayers = Outputs.of(encoded.fit(next), next);
        double[] atOnce = Outputs.of(Chain.of(filled, encoded).fit(data), data);
        assertThat(atOnce).hasSize(120 * 6).containsExactly(inLayers);
        assertThat(Arrays.stream(column(atOnce, 6, 0, 5)).sum()).isEqualTo(120);
    }

    @Test
    void aSearch_findsParametersInItsParts() {
        Dataset data = Dataset.of(Fixtures.frame("diabetes").repartition(3)).withTarget("y").withGroups("fold");
        Pipeline<LinearModel> pipeline = Pipeline.of(
                ColumnTransformer.of(on("bmi", "bp").apply(new StandardScaler()), on("s5").apply(new MinMaxScaler())))
                .then(new Ridge());
        SearchResult<?> found = GridSearch.of(pipeline)
                .over(StandardScaler.WITH_MEAN, true, false)
                .over(Ridge.ALPHA, 0.1, 10.0)
                .withSplitter(KFold.of(3))
                .fit(data);
        assertThat(found.rows()).hasSize(4);
        assertThat(found.rows().get(0).scores().getFirst().getFirst())
                .isGreaterThan(0.2)
                .isNotEqualTo(found.rows().get(1).scores().getFirst().getFirst());
    }

    @Test
    void equalParts_areFittedOnce() {
        Dataset data = gaps(3);
        Lazy<?> alone = Chain.of(new StandardScaler()).plan(data.select(List.of("n0")));
        Lazy<?> again = Chain.of(new StandardScaler()).plan(data.select(List.of("n0")));
        assertThat(alone.token()).isEqualTo(again.token());
        assertThat(mixed().plan(data).token()).isEqualTo(mixed().plan(data).token());
    }

    @Test
    void aFeatureThatIsNotThere_isNamed() {
        ColumnTransformer wrong = ColumnTransformer.of(on("n9").apply(new StandardScaler()));
        assertThatThrownBy(() -> wrong.plan(gaps(1)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("no feature 'n9'")
                .hasMessageContaining("n0");
        Chain later = Chain.of(mixed(), wrong);
        assertThatThrownBy(() -> later.fit(gaps(1)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("no feature 'n9'")
                .hasMessageContaining("color_blue");
    }

    @Test
    void columnsThatAreThereTwice_areRefused() {
        assertThatThrownBy(() -> on("n0", "n0").apply(new StandardScaler())).hasMessageContaining("'n0' is twice");
        assertThatThrownBy(() -> on().apply(new StandardScaler())).hasMessageContaining("no columns");
        ColumnTransformer twice =
                ColumnTransformer.of(on("n0").apply(new StandardScaler()), on("n0", "n1").apply(new MinMaxScaler()));
        assertThatThrownBy(() -> twice.fit(gaps(3))).hasMessageContaining("two features 'n0'");
    }
}
