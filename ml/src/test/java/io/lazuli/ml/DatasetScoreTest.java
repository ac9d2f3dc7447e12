package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.fit.Features;
import io.lazuli.ml.fit.Fit;
import io.lazuli.ml.fit.Rows;
import io.lazuli.ml.fit.Shape;
import io.lazuli.ml.metrics.Average;
import io.lazuli.ml.metrics.ConfusionMatrix;
import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.model.Classifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Scores of a model on rows in partitions.
class DatasetScoreTest {
    /// Takes the first feature for the probability of the second class, between -1 and 1.
    private record Guess(Features features, Classes classes) implements Classifier {
        @Override
        public TileClassifier classifier(Rows rows) {
            return (tile, into) -> {
                for (int row = 0; row < tile.length(); row++) {
                    into[1][row] = Math.clamp(Math.rint(tile.feature(0)[row] * 10) / 20 + 0.5, 0, 1);
                    into[0][row] = 1 - into[1][row];
                }
            };
        }
    }

    private record GuessFit() implements Fit<Shape, Boolean, Guess> {
        @Override
        public String name() {
            return "Guess";
        }

        @Override
        public boolean isOnePass() {
            return true;
        }

        @Override
        public Shape start(Shape shape) {
            return shape;
        }

        @Override
        public Boolean pass(Shape shape, Rows rows) {
            return true;
        }

        @Override
        public Boolean merge(Boolean left, Boolean right) {
            return true;
        }

        @Override
        public Step<Shape, Guess> next(Shape shape, Boolean sum) {
            return new Step.Done<>(new Guess(shape.features(), shape.classes()));
        }
    }

    private static final TestRows ROWS = rows();

    private static TestRows rows() {
        TestRows rows = TestRows.random(90, 2, 3);
        double[] target = new double[90];
        double[] weights = new double[90];
        for (int row = 0; row < 90; row++) {
            target[row] = rows.get("f0")[row] + rows.get("f1")[row] > 0 ? 7 : 3;
            weights[row] = row % 3;
        }
        return rows.with("y", target).with("w", weights);
    }

    private static Dataset data(int partitions) {
        return Dataset.of(ROWS.frame().repartition(partitions)).withTarget("y").withWeights("w").classification("test");
    }

    @Test
    void theConfusionMatrix_countsRowsByWeight() {
        double[][] expected = new double[2][2];
        for (int row = 0; row < 90; row++) {
            int right = ROWS.get("y")[row] == 7 ? 1 : 0;
            int guess = Math.rint(ROWS.get("f0")[row] * 10) > 0 ? 1 : 0;
            expected[right][guess] += ROWS.get("w")[row];
        }
        for (int partitions : new int[] {1, 4, 100}) {
            Dataset data = data(partitions);
            ConfusionMatrix matrix = data.summary(data.fit(new GuessFit()), Metrics.confusionMatrix()).compute();
            assertThat(matrix.counts()).isDeepEqualTo(expected);
            assertThat(matrix.classes().name(1)).isEqualTo("7");
            assertThat(matrix.toString()).contains("7: [");
        }
    }

    @Test
    void scores_areTheSameInAnyPartitions() {
        List<Metric<?>> metrics = List.of(
                Metrics.rocAuc(), Metrics.averagePrecision(), Metrics.logLoss(), Metrics.brierScore(),
                Metrics.f1(Average.WEIGHTED), Metrics.matthewsCorrcoef(), Metrics.topKAccuracy(1));
        double[] whole = data(1).score(data(1).fit(new GuessFit()), metrics).compute();
        assertThat(whole[0]).isBetween(0.6, 0.99);
        for (int partitions : new int[] {4, 100}) {
            Dataset data = data(partitions);
            assertThat(data.score(data.fit(new GuessFit()), metrics).compute()).containsExactly(whole, within(1e-12));
        }
    }
}
