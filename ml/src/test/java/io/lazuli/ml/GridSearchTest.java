package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.ml.linear.LinearModel;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.selection.PredefinedSplit;
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
            for (SearchResult.Row<LinearModel> row : result.rows()) {
                double[] expected =
                        EXPECTED.get("ridge." + row.candidate().parameters().get("Ridge.alpha") + ".scores");
                for (int fold = 0; fold < 5; fold++) {
                    assertThat(row.scores().get(fold).getFirst()).isCloseTo(expected[fold], within(1e-12));
                }
            }
            String best = "ridge." + result.bestCandidate().parameters().get("Ridge.alpha");
            double[] coefficients = EXPECTED.get(best + ".coefficients");
            for (int j = 0; j < coefficients.length; j++) {
                assertThat(result.model().coefficients()[j])
                        .isCloseTo(coefficients[j], within(1e-6 * Math.abs(coefficients[j])));
            }
        }
    }
}
