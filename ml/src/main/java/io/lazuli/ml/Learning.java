package io.lazuli.ml;

import io.lazuli.ml.metrics.Metric;
import io.lazuli.ml.model.Predictor;
import java.util.List;

/// What is planned for an estimator beside its own fit.
final class Learning {
    private Learning() {}

    /// The rows as the estimator looks at their target.
    static Dataset rows(Estimator<?> estimator, Dataset data) {
        return estimator.classifies() ? data.classification(estimator.name()) : data;
    }

    /// How good the estimator is: fitted to some rows, and looked at on others. The transformers of a pipeline transform all rows of a
    /// partition at once, those to train on and those to test on.
    static Lazy<double[]> scores(Estimator<? extends Predictor> estimator, Split split, List<Metric<?>> metrics) {
        if (estimator instanceof Pipeline<?> pipeline) {
            Chain.Planned chain = pipeline.transformers().planned(split.train());
            return scores(
                    pipeline.last(), new Split(chain.transform(split.train()), chain.transform(split.test())), metrics);
        }
        return split.test().score(estimator.plan(split.train()), metrics);
    }
}
