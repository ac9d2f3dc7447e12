package io.lazuli.ml.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.Fixtures;
import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.model.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Metrics against scikit-learn's, of rows that are split and merged in any way.
class MetricsTest {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("metrics");
    private static final List<Average> AVERAGES = List.of(Average.MACRO, Average.MICRO, Average.WEIGHTED);

    private static final List<Metric<?>> OF_CLASSES = Stream.concat(
            Stream.of(
                    Metrics.accuracy(), Metrics.balancedAccuracy(), Metrics.matthewsCorrcoef(), Metrics.cohenKappa(),
                    Metrics.logLoss()),
            AVERAGES.stream().flatMap(
                    average -> Stream.of(
                            Metrics.precision(average), Metrics.recall(average), Metrics.f1(average),
                            Metrics.fbeta(2, average))))
            .toList();
    private static final List<Metric<?>> OF_TWO = List.of(
            Metrics.precision(), Metrics.recall(), Metrics.f1(), Metrics.fbeta(2, Average.BINARY), Metrics.brierScore(),
            Metrics.rocAuc(), Metrics.averagePrecision());
    private static final List<Metric<?>> OF_MANY = List.of(
            Metrics.rocAucOvr(Average.MACRO), Metrics.rocAucOvr(Average.WEIGHTED), Metrics.rocAucOvo(Average.MACRO),
            Metrics.rocAucOvo(Average.WEIGHTED), Metrics.topKAccuracy(1), Metrics.topKAccuracy(2),
            Metrics.topKAccuracy(3));
    private static final List<Metric<?>> OF_NUMBERS = List.of(
            Metrics.r2(), Metrics.explainedVariance(), Metrics.meanSquaredError(), Metrics.rootMeanSquaredError(),
            Metrics.meanAbsoluteError(), Metrics.meanAbsolutePercentageError(), Metrics.meanSquaredLogError(),
            Metrics.meanPoissonDeviance(), Metrics.meanGammaDeviance(), Metrics.medianAbsoluteError(),
            Metrics.maxError());

    /// Rows with what was predicted for them.
    private record Rows(double[] target, double[] weights, double[] predicted,
            double[][] probabilities) implements Predictions {
        @Override
        public int length() {
            return target.length;
        }

        Rows slice(int start, int end) {
            return new Rows(
                    Arrays.copyOfRange(target, start, end), Arrays.copyOfRange(weights, start, end),
                    Arrays.copyOfRange(predicted, start, end),
                    Arrays.stream(probabilities).map(each -> Arrays.copyOfRange(each, start, end))
                            .toArray(double[][]::new));
        }
    }

    private static Rows rows(String kind, boolean isWeighted) {
        double[] target = EXPECTED.get(kind + ".target");
        double[] weights = isWeighted
                ? EXPECTED.get("weights")
                : DoubleStream.generate(() -> 1).limit(target.length).toArray();
        if (kind.equals("numbers")) {
            return new Rows(target, weights, EXPECTED.get("numbers.predicted"), new double[0][]);
        }
        double[] all = EXPECTED.get(kind + ".probabilities");
        double[][] probabilities = IntStream.range(0, all.length / target.length)
                .mapToObj(c -> Arrays.copyOfRange(all, c * target.length, (c + 1) * target.length))
                .toArray(double[][]::new);
        double[] predicted = new double[target.length];
        Classifier.likeliest(probabilities, target.length, predicted);
        return new Rows(target, weights, predicted, probabilities);
    }

    private static Classes classes(Rows rows) {
        return rows.probabilities.length == 0
                ? Classes.NONE
                : new Classes.Numbers(IntStream.range(0, rows.probabilities.length).asDoubleStream().toArray());
    }

    private static <S> S sum(Metric<S> metric, Rows rows) {
        return metric.add(metric.start(classes(rows)), rows);
    }

    private static void assertScores(String kind, List<Metric<?>> metrics) {
        for (Metric<?> metric : metrics) {
            for (boolean isWeighted : new boolean[] {false, true}) {
                double[] expected = EXPECTED.get(kind + "." + metric.name() + (isWeighted ? ".weighted" : ""));
                if (expected != null) {
                    assertThat(score(metric, rows(kind, isWeighted)))
                            .as("%s of %s, weighted: %s", metric.name(), kind, isWeighted)
                            .isCloseTo(expected[0], within(1e-12 * Math.max(1, Math.abs(expected[0]))));
                }
            }
            assertThat(EXPECTED).containsKey(kind + "." + metric.name());
        }
    }

    private static <S> double score(Metric<S> metric, Rows rows) {
        return metric.finish(sum(metric, rows));
    }

    @Test
    void scores_areThoseOfScikitLearn() {
        assertScores("two", OF_CLASSES);
        assertScores("two", OF_TWO);
        assertScores("four", OF_CLASSES);
        assertScores("four", OF_MANY);
        assertScores("numbers", OF_NUMBERS);
    }

    @Test
    void theConfusionMatrix_isThatOfScikitLearn() {
        for (String kind : List.of("two", "four")) {
            ConfusionMatrix matrix = sum(Metrics.confusionMatrix(), rows(kind, true));
            assertThat(Arrays.stream(matrix.counts()).flatMapToDouble(Arrays::stream).toArray())
                    .containsExactly(EXPECTED.get(kind + ".confusion_matrix.weighted"));
        }
    }

    @Property(tries = 60)
    void anySplitOfRows_givesTheSameScore(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int parts) {
        for (String kind : List.of("two", "four", "numbers")) {
            Rows rows = rows(kind, seed % 2 == 0);
            for (Metric<?> metric : metrics(kind)) {
                double whole = score(metric, rows);
                assertThat(scoreInParts(metric, rows, parts, new Random(seed)))
                        .as("%s of %s, seed %d", metric.name(), kind, seed)
                        .isCloseTo(whole, within(1e-12 * Math.max(1, Math.abs(whole))));
            }
        }
    }

    private static List<Metric<?>> metrics(String kind) {
        return switch (kind) {
            case "two" -> Stream.concat(OF_CLASSES.stream(), OF_TWO.stream()).toList();
            case "four" -> Stream.concat(OF_CLASSES.stream(), OF_MANY.stream()).toList();
            default -> OF_NUMBERS;
        };
    }

    /// Of parts of any size, also none, each in tiles; neighbours are merged in any order, and travel before that.
    private static <S> double scoreInParts(Metric<S> metric, Rows rows, int parts, Random random) {
        int[] cuts = IntStream.concat(
                IntStream.of(0, rows.length()),
                random.ints(parts - 1L, 0, rows.length() + 1)).sorted().toArray();
        ValueCodec codec = ValueCodec.create();
        List<S> sums = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            S sum = metric.start(classes(rows));
            for (int start = cuts[part]; start < cuts[part + 1]; start += 7) {
                sum = metric.add(sum, rows.slice(start, Math.min(start + 7, cuts[part + 1])));
            }
            @SuppressWarnings("unchecked") S arrived = (S) codec.decode(codec.encode(sum));
            sums.add(arrived);
        }
        while (sums.size() > 1) {
            int left = random.nextInt(sums.size() - 1);
            sums.set(left, metric.merge(sums.get(left), sums.remove(left + 1)));
        }
        return metric.finish(sums.getFirst());
    }

    @Test
    void merging_changesNeither() {
        for (String kind : List.of("two", "four", "numbers")) {
            metrics(kind).forEach(metric -> assertUnchanged(metric, rows(kind, true)));
        }
    }

    private static <S> void assertUnchanged(Metric<S> metric, Rows rows) {
        S left = sum(metric, rows.slice(0, 200));
        S right = sum(metric, rows.slice(200, 400));
        double before = metric.finish(left);
        double total = metric.finish(metric.merge(left, right));
        assertThat(metric.finish(left)).isEqualTo(before);
        assertThat(metric.finish(metric.merge(left, right))).isEqualTo(total);
    }

    @Test
    void noRows_haveNoScore() {
        for (Metric<?> metric : OF_NUMBERS) {
            assertThat(score(metric, rows("numbers", true).slice(0, 0))).as(metric.name()).isNaN();
        }
        for (Metric<?> metric : OF_TWO) {
            double score = score(metric, rows("two", true).slice(0, 0));
            assertThat(Double.isNaN(score) || score == 0).as(metric.name()).isTrue();
        }
    }

    @Test
    void aClassThatIsNotThere_leavesTheAreaOpen() {
        Rows rows = rows("two", false);
        double[] zeros = new double[rows.length()];
        assertThat(score(Metrics.rocAuc(), new Rows(zeros, rows.weights, rows.predicted, rows.probabilities))).isNaN();
    }

    @Test
    void metricsThatDoNotFit_areRefused() {
        assertThatThrownBy(() -> score(Metrics.f1(), rows("four", false)))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("f1 is for two classes, and the target has 4")
                .hasMessageContaining("MACRO");
        assertThatThrownBy(() -> score(Metrics.rocAuc(), rows("four", false))).hasMessageContaining("roc_auc_ovr");
        assertThatThrownBy(() -> score(Metrics.balancedAccuracy(), rows("numbers", false)))
                .hasMessageContaining("balanced_accuracy goes by classes");
        Rows rows = rows("numbers", false);
        Rows negative = new Rows(Arrays.stream(rows.target).map(y -> -y).toArray(), rows.weights, rows.predicted,
                new double[0][]);
        for (Metric<?> metric : List.of(
                Metrics.meanSquaredLogError(), Metrics.meanPoissonDeviance(), Metrics.meanGammaDeviance())) {
            assertThatThrownBy(() -> score(metric, negative))
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                    .hasMessageContaining(metric.name());
        }
        assertThatThrownBy(() -> Metrics.topKAccuracy(0)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> Metrics.rocAucOvr(Average.MICRO)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> Metrics.fbeta(0, Average.MACRO)).isInstanceOf(LazuliException.class);
    }
}
