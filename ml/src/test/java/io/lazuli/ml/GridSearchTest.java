package io.lazuli.ml;

import static io.lazuli.dataframe.Expressions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.preprocessing.StandardScaler;
import io.lazuli.ml.selection.PredefinedSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridSearchTest {
    private static final Map<String, double[]> EXPECTED = Fixtures.expected("linear");

    private static Dataset diabetes(int partitionCount) {
        DataFrame frame = Fixtures.frame("diabetes");
        return Dataset.of(partitionCount == 1 ? frame : frame.repartition(partitionCount)).withTarget("y")
                .withGroups("fold");
    }

    @Test
    void everyCandidateIsFittedOnTheFoldsOfTheDataset() {
        for (int partitions : new int[] {1, 3, 20}) {
            SearchResult<LinearModel> result = GridSearch.of(new Ridge())
                    .over(Ridge.ALPHA, 0.01, 0.1, 1.0, 10.0)
                    .withSplitter(PredefinedSplit.of(5))
                    .fit(diabetes(partitions));
            for (SearchRow<LinearModel> row : result.rows()) {
                double[] expected =
                        EXPECTED.get("ridge." + row.candidate().parameters().get("Ridge.alpha") + ".scores");
                for (int fold = 0; fold < 5; fold++) {
                    assertThat(row.score(fold, 0)).isCloseTo(expected[fold], within(1e-12));
                }
            }
            String best = "ridge." + result.bestRow().candidate().parameters().get("Ridge.alpha");
            double[] coefficients = EXPECTED.get(best + ".coefficients");
            for (int j = 0; j < coefficients.length; j++) {
                assertThat(result.model().coefficients()[j])
                        .isCloseTo(coefficients[j], within(1e-6 * Math.abs(coefficients[j])));
            }
        }
    }

    /// Ridge regression that fails where alpha is 13.
    private record Superstitious(double alpha) implements Estimator<LinearModel> {
        static final Param<Superstitious, Double> ALPHA =
                Param.of(Superstitious.class, "alpha", Superstitious::alpha, (_, alpha) -> new Superstitious(alpha));

        @Override
        public Lazy<LinearModel> plan(Dataset data) {
            return new Ridge().withAlpha(alpha).plan(data).then(name(), new Check(alpha));
        }

        private record Check(double alpha) implements Function1<LinearModel, LinearModel> {
            @Override
            public LinearModel apply(LinearModel model) {
                if (alpha == 13) {
                    throw new IllegalStateException("bad luck");
                }
                return model;
            }
        }
    }

    @Test
    void aCandidateThatFails_failsAlone() {
        SearchResult<LinearModel> result = GridSearch.of(new Superstitious(1))
                .over(Superstitious.ALPHA, 13.0, 0.1, 1.0)
                .withMetrics(Metrics.r2(), Metrics.meanAbsoluteError())
                .fit(diabetes(3));
        assertThat(result.rows().get(0).error().orElseThrow().message())
                .contains("Superstitious")
                .contains("IllegalStateException: bad luck");
        assertThat(result.rows().get(0).meanScore(0)).isNaN();
        assertThat(result.rows().get(1).error()).isEmpty();
        assertThat(result.best()).isPositive();
        DataFrame table = result.table();
        assertThat(table.schema().names())
                .startsWith("Superstitious.alpha", "resource", "mean_r2", "std_r2", "split0_r2")
                .endsWith("split4_mean_absolute_error", "error");
        assertThat(table.filter(col("error").isNull()).count()).isEqualTo(2);
        assertThat(table.filter(col("mean_r2").lt(1)).count()).isEqualTo(2);
    }

    @Test
    void aSearchOfFailures_saysWhy() {
        assertThatThrownBy(() -> GridSearch.of(new Superstitious(13)).fit(diabetes(1)))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("All candidates of the search failed, the first with: ")
                .hasMessageContaining("bad luck");
    }

    @Test
    void whatCandidatesShare_isPlannedOnce() {
        Dataset data = diabetes(1);
        GridSearch<LinearModel> search = GridSearch.of(new Ridge()).over(Ridge.ALPHA, 0.1, 1.0, 10.0, 100.0);
        assertThat(layers(search.plan(data), "products of features")).isEqualTo(5);
        assertThat(layers(search.plan(data), "Ridge")).isEqualTo(4 * 5);
    }

    private static long layers(Lazy<?> lazy, String label) {
        return lazy.value().layers().stream().filter(layer -> layer.label().equals(label)).count();
    }

    @Test
    void aPipelinesTransformers_areFittedOnceForAllThatComesAfter() {
        Dataset data = diabetes(1);
        var search = GridSearch.of(Pipeline.of(new StandardScaler()).then(new Ridge()))
                .over(StandardScaler.WITH_MEAN, true, false)
                .over(Ridge.ALPHA, 0.1, 1.0, 10.0);
        Lazy<?> planned = search.plan(data);
        assertThat(layers(planned, "StandardScaler: transform")).isEqualTo(2 * 5);
        assertThat(layers(planned, "products of features")).isEqualTo(2 * 5);
        assertThat(layers(planned, "Ridge")).isEqualTo(2 * 3 * 5);
        var result = search.fit(data);
        assertThat(result.model().features().names()).hasSize(10);
        assertThat(result.bestScore()).isBetween(0.3, 0.6);
    }

    @Test
    void aParameterOfNoStep_isRefused() {
        assertThatThrownBy(() -> GridSearch.of(new Ridge()).over(StandardScaler.WITH_MEAN, true))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("StandardScaler.with_mean is no parameter")
                .hasMessageContaining("Ridge");
        assertThatThrownBy(
                () -> GridSearch.of(Pipeline.of(new StandardScaler(), new StandardScaler()).then(new Ridge()))
                        .over(StandardScaler.WITH_MEAN, true))
                .isInstanceOf(LazuliException.class)
                .hasMessageContaining("2 steps");
    }

    @Test
    void aListenerHearsOfEachCandidateOnce() {
        List<SearchRow<LinearModel>> heard = new ArrayList<>();
        GridSearch<LinearModel> search =
                GridSearch.of(new Superstitious(1)).over(Superstitious.ALPHA, 0.1, 13.0, 1.0, 5.0);
        SearchResult<LinearModel> result = search.fit(diabetes(2), heard::add);
        assertThat(heard).containsExactlyInAnyOrderElementsOf(result.rows());
        assertThat(result.rows()).isEqualTo(search.fit(diabetes(2)).rows());
        assertThatThrownBy(() -> search.fit(diabetes(2), _ -> {
            throw new IllegalStateException("enough");
        })).hasMessage("enough");
    }
}
