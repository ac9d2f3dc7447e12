package io.lazuli.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.ml.metrics.Metrics;
import io.lazuli.ml.model.Classifier;
import io.lazuli.ml.selection.PredefinedSplit;
import java.util.List;

/// What a classifier does that knows of a class of which it has seen no rows.
public final class AbsentClasses {
    private AbsentClasses() {}

    public static void check(Estimator<? extends Classifier> estimator) {
        Dataset data = ClassRows.withAbsentClass();
        Split split = data.classification("test").split(PredefinedSplit.of(2)).getFirst();
        Lazy<? extends Classifier> planned = estimator.plan(split.train());
        Classifier model = planned.compute();
        double[] probabilities = Outputs.of(model, data);
        for (int row = 0; row < 120; row++) {
            assertThat(probabilities[4 * row + 2]).isBetween(0.0, 1e-300);
            assertThat(probabilities[4 * row] + probabilities[4 * row + 1] + probabilities[4 * row + 3])
                    .isBetween(1 - 1e-12, 1 + 1e-12);
        }
        assertThat(split.test().score(planned, List.of(Metrics.accuracy())).compute()[0]).isBetween(0.3, 0.9);
    }
}
