package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lazuli.ml.linear.LogisticRegression;
import io.lazuli.ml.linear.Ridge;
import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.preprocessing.StandardScaler;
import io.lazuli.ml.selection.PredefinedSplit;
import io.lazuli.ml.selection.StratifiedKFold;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossValidationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void splitsAreScoredAsByScikitLearn(int partitions) {
        Dataset data = Dataset.of(Fixtures.frame("diabetes").repartition(partitions))
                .withTarget("y")
                .withGroups("fold");
        CrossValidation.Scores scores = CrossValidation.of(new Ridge())
                .withSplitter(PredefinedSplit.of(5))
                .withMetrics(Metrics.r2(), Metrics.meanAbsoluteError())
                .fit(data);
        assertThat(scores.of("r2")).containsExactly(Fixtures.expected("linear").get("ridge.1.0.scores"), within(1e-12));
        assertThat(scores.table().count()).isEqualTo(5);
        assertThat(scores.table().schema().names()).containsExactly("split", "r2", "mean_absolute_error");
        assertThatThrownBy(() -> scores.mean("accuracy")).hasMessageContaining("mean_absolute_error");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aPipelineLearnsNothingFromTheRowsThatItIsTestedOn(int partitions) {
        Dataset data = Dataset.of(Fixtures.frame("iris").drop("fold").repartition(partitions)).withTarget("y");
        double[] accuracy = CrossValidation.of(Pipeline.of(new StandardScaler()).then(new LogisticRegression()))
                .fit(data)
                .of("accuracy");
        int fold = 0;
        for (Split split : data.classification("test").split(StratifiedKFold.of(5))) {
            var scaler = new StandardScaler().plan(split.train());
            var model = new LogisticRegression().plan(split.train().transform(scaler));
            double[] alone = split.test().transform(scaler).score(model, List.of(Metrics.accuracy())).compute();
            assertThat(accuracy[fold++]).isEqualTo(alone[0]);
        }
        assertThat(Arrays.stream(accuracy).min().orElseThrow()).isGreaterThan(0.8);
    }
}
