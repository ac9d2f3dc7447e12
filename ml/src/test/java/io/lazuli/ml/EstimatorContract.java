package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.Token;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.model.Model;
import io.lazuli.ml.model.Predictor;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every estimator does. Extended by a test class for each.
public abstract class EstimatorContract<M extends Model> {
    /// As a user gets it who changes nothing, but for what the rows here need. Another one each time, which equals the others.
    protected abstract Estimator<M> estimator();

    /// Rows with features `f0`, `f1`, ..., and `y` if it learns from a target: at least 60, such that two fits that should be equal are.
    protected abstract TestRows rows();

    /// Whether a missing value is as good as any other.
    protected boolean takesMissing() {
        return false;
    }

    /// Whether a row of weight 2 counts as two rows. False where rows are drawn by chance.
    protected boolean weightsAreRepetitions() {
        return true;
    }

    /// Whether it learns from weights at all.
    protected boolean takesWeights() {
        return true;
    }

    /// Whether it is fitted to rows in any partitions alike: true but for what draws rows by chance in each.
    protected boolean isFreeOfPartitions() {
        return true;
    }

    /// How far outputs may lie apart that are equal but for rounding.
    protected double tolerance() {
        return 1e-8;
    }

    private boolean learnsFromTarget() {
        return rows().columns().containsKey("y");
    }

    private Dataset data(DataFrame frame) {
        List<String> features =
                frame.schema().names().stream().filter(name -> !name.equals("y") && !name.equals("w")).toList();
        Dataset data = Dataset.of(frame).withFeatures(features.toArray(String[]::new));
        data = frame.schema().find("w").isPresent() ? data.withWeights("w") : data;
        return learnsFromTarget() ? data.withTarget("y") : data;
    }

    private Dataset data(TestRows rows) {
        return data(rows.frame());
    }

    private M fit(TestRows rows) {
        return estimator().fit(data(rows));
    }

    private double[] outputs(M model) {
        return Outputs.of(model, data(rows()));
    }

    private void assertAlike(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double bound = tolerance() * Math.max(1, Math.abs(expected[i]));
            assertThat(actual[i]).as("output %d", i).isCloseTo(expected[i], within(bound));
        }
    }

    @Test
    void equalEstimators_planEqualWork() {
        assertThat(estimator()).isEqualTo(estimator());
        Dataset data = data(rows());
        assertThat(estimator().plan(data).token()).isEqualTo(estimator().plan(data).token());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 90})
    void rowsInPartitions_areFittedAsRowsInOne(int partitions) {
        M model = estimator().fit(data(rows().frame().repartition(partitions)));
        if (isFreeOfPartitions()) {
            assertAlike(outputs(model), outputs(fit(rows())));
        } else {
            assertThat(outputs(model)).doesNotContain(Double.NaN);
        }
    }

    @Test
    void anyNumberOfWorkers_givesTheSameModel() {
        List<Token> models = new ArrayList<>();
        DataFrame frame = rows().frame().repartition(5);
        for (int threads : new int[] {1, 4}) {
            try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(threads))) {
                models.add(Token.of(estimator().plan(data(frame)).compute(engine)));
            }
        }
        assertThat(models.get(1)).isEqualTo(models.get(0));
    }

    @Test
    void aWeight_countsAsRepeatedRows() {
        if (!takesWeights() || !weightsAreRepetitions()) {
            return;
        }
        TestRows rows = rows();
        double[] weights = IntStream.range(0, rows.rowCount()).mapToDouble(row -> row % 4).toArray();
        int[] repeated = IntStream.range(0, rows.rowCount())
                .flatMap(row -> IntStream.range(0, row % 4).map(_ -> row))
                .toArray();
        assertAlike(outputs(fit(rows.with("w", weights))), outputs(fit(rows.take(repeated))));
    }

    @Test
    void aModel_isTheSameWhenItHasTravelled() {
        M model = fit(rows());
        ValueCodec codec = ValueCodec.create();
        @SuppressWarnings("unchecked") M arrived = (M) codec.decode(codec.encode(model));
        assertThat(Token.of(arrived)).isEqualTo(Token.of(model));
        assertThat(outputs(arrived)).containsExactly(outputs(model));
    }

    @Test
    void aModel_isUsedByManyThreads() throws Exception {
        M model = fit(rows());
        double[] expected = outputs(model);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<double[]>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(threads.submit(() -> outputs(model)));
            }
            for (Future<double[]> each : found) {
                assertThat(each.get()).containsExactly(expected);
            }
        }
    }

    @Test
    void aConstantFeature_doesNoHarm() {
        double[] ones = new double[rows().rowCount()];
        Arrays.fill(ones, 7);
        TestRows rows = rows().with("constant", ones);
        assertThat(Outputs.of(fit(rows), data(rows))).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
    }

    @Test
    void aMissingValue_isTakenOrRefusedByName() {
        double[] values = rows().get("f1").clone();
        values[3] = Double.NaN;
        TestRows rows = rows().with("f1", values);
        if (takesMissing()) {
            M model = fit(rows);
            assertThat(model.features().names()).contains("f1");
        } else {
            assertThatThrownBy(() -> fit(rows)).isInstanceOfSatisfying(
                    LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("f1");
        }
    }

    @Test
    void aMissingTarget_isRefused() {
        if (!learnsFromTarget()) {
            return;
        }
        double[] values = rows().get("y").clone();
        values[3] = Double.NaN;
        assertThatThrownBy(() -> fit(rows().with("y", values))).isInstanceOfSatisfying(
                LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessageContaining("target");
    }

    @Test
    void noRows_areRefused() {
        for (int partitions : new int[] {1, 3}) {
            DataFrame none = rows().frame().filter("f0 > 1e300");
            DataFrame frame = partitions == 1 ? none : none.repartition(partitions);
            assertThatThrownBy(() -> estimator().fit(data(frame)))
                    .isInstanceOfSatisfying(
                            LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining("no rows");
        }
    }

    @Test
    void oneRow_isFittedOrRefused() {
        Throwable thrown = catchThrowable(() -> fit(rows().take(0)));
        if (thrown != null) {
            assertThat(thrown).isInstanceOfSatisfying(
                    LazuliException.class, e -> assertThat(e.code()).isIn(ErrorCode.DATA, ErrorCode.USER));
        }
    }

    @Test
    void otherFeatures_areRefusedByName() {
        M model = fit(rows());
        TestRows other = rows().without("f1").with("unknown", rows().get("f1"));
        if (model instanceof Predictor predictor) {
            Lazy<Predictor> known = data(other).fit(new Given(predictor));
            assertThatThrownBy(() -> data(other).score(known, List.of(Metrics.r2())).compute())
                    .isInstanceOfSatisfying(
                            LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                    .hasMessageContaining("f1")
                    .hasMessageContaining("unknown");
        }
    }

    /// A model as if it had been fitted.
    private record Given(Predictor model) implements Fit<Boolean, Boolean, Predictor> {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public boolean isOnePass() {
            return true;
        }

        @Override
        public Boolean start(Shape shape) {
            return true;
        }

        @Override
        public Boolean pass(Boolean state, Rows rows) {
            return true;
        }

        @Override
        public Boolean merge(Boolean left, Boolean right) {
            return true;
        }

        @Override
        public Step<Boolean, Predictor> next(Boolean state, Boolean sum) {
            return new Step.Done<>(model);
        }
    }
}
