package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.LogisticModel;
import io.lazuli.ml.linear.LogisticRegression;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.selection.KFold;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalvingSearchTest {
    private static final Double[] ALPHAS =
            IntStream.range(0, 9).mapToObj(i -> Math.pow(10, 4 - i)).toArray(Double[]::new);

    private static Dataset diabetes(int partitionCount) {
        return Dataset.of(Fixtures.frame("diabetes").drop("fold").repartition(partitionCount)).withTarget("y");
    }

    private static GridSearch<LinearModel> grid() {
        return GridSearch.of(new Ridge()).over(Ridge.ALPHA, ALPHAS).withSplitter(KFold.of(3).shuffled(1));
    }

    private static List<Double> resources(SearchResult<?> result) {
        return result.rows().stream().map(SearchRow::resource).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aThirdGoesOn_andGetsThreeTimesAsManyRows(int partitions) {
        SearchResult<LinearModel> result =
                HalvingSearch.of(grid()).withResource(Resource.rows(0.2)).fit(diabetes(partitions));
        assertThat(result.rows()).hasSize(9 + 3);
        assertThat(resources(result)).filteredOn(amount -> Math.abs(amount - 1.0 / 3) < 1e-12).hasSize(9);
        assertThat(resources(result)).filteredOn(amount -> amount == 1.0).hasSize(3);
        List<SearchRow<LinearModel>> last = result.rows().subList(9, 12);
        List<SearchRow<LinearModel>> first = result.rows().subList(0, 9);
        double worst = last.stream()
                .mapToDouble(row -> first.stream()
                        .filter(other -> other.candidate().equals(row.candidate()))
                        .findFirst()
                        .orElseThrow()
                        .meanScore(0))
                .min()
                .orElseThrow();
        assertThat(first.stream().filter(row -> row.meanScore(0) > worst)).hasSize(2);
        assertThat(result.bestScore())
                .isEqualTo(last.stream().mapToDouble(row -> row.meanScore(0)).max().orElseThrow());
        assertThat(result.bestRow().resource()).isEqualTo(1);
    }

    @Test
    void whatTheLastRungScores_isWhatAGridScores() {
        SearchResult<LinearModel> halved = HalvingSearch.of(grid()).withResource(Resource.rows(0.2)).fit(diabetes(2));
        SearchResult<LinearModel> whole = grid().fit(diabetes(2));
        for (SearchRow<LinearModel> row : halved.rows().subList(9, 12)) {
            SearchRow<LinearModel> same = whole.rows().stream()
                    .filter(other -> other.candidate().equals(row.candidate()))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.scores()).isEqualTo(same.scores());
        }
    }

    @Test
    void aParameterMayBeTheResource() {
        SearchResult<LogisticModel> result = HalvingSearch
                .of(
                        RandomizedSearch.of(new LogisticRegression())
                                .over(LogisticRegression.C, Distribution.logUniform(1e-4, 1e3))
                                .withCandidates(8)
                                .withMetrics(Metrics.logLoss()))
                .withResource(Resource.of(LogisticRegression.MAX_ITER, 10, 80))
                .withFactor(2)
                .fit(Dataset.of(Fixtures.frame("iris").drop("fold").repartition(2)).withTarget("y"));
        assertThat(resources(result)).containsExactly(
                10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 20.0, 40.0, 40.0, 80.0);
        assertThat(result.bestRow().candidate().parameters()).containsEntry("LogisticRegression.max_iter", 80);
        assertThat(result.bestScore()).isLessThan(0.5);
    }

    @Test
    void hyperbandHasABracketForEachLeastAmount() {
        SearchResult<LinearModel> result = Hyperband
                .of(
                        RandomizedSearch.of(new Ridge()).over(Ridge.ALPHA, Distribution.logUniform(1e-5, 1e5)),
                        Resource.rows(1.0 / 9))
                .fit(diabetes(3));
        assertThat(result.rows()).hasSize(9 + 3 + 1 + 5 + 2 + 3);
        assertThat(resources(result)).filteredOn(amount -> amount == 1.0).hasSize(1 + 2 + 3);
        assertThat(result.bestRow().resource()).isEqualTo(1);
        assertThat(result.bestScore()).isGreaterThan(0.3);
    }

    @Test
    void theSameSeed_drawsTheSameCandidates() {
        RandomizedSearch<LinearModel> search =
                RandomizedSearch.of(new Ridge()).over(Ridge.ALPHA, Distribution.uniform(0, 1)).withCandidates(5);
        assertThat(search.candidates()).isEqualTo(search.withCandidates(9).candidates().subList(0, 5));
        assertThat(search.withSeed(1).candidates()).isNotEqualTo(search.candidates());
        assertThat(search.candidates().stream().map(Candidate::estimator)).doesNotHaveDuplicates();
    }

    @Test
    void absurdBounds_areRefused() {
        assertThatThrownBy(() -> Resource.rows(0)).isInstanceOf(LazuliException.class)
                .hasMessageContaining("share of rows");
        assertThatThrownBy(() -> Resource.of(LogisticRegression.MAX_ITER, 10, 5)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> HalvingSearch.of(grid()).withFactor(1)).isInstanceOf(LazuliException.class);
        assertThatThrownBy(() -> Distribution.logUniform(0, 1)).isInstanceOf(LazuliException.class);
    }
}
