package io.lazuli.ml.neighbors;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Predictor;

/// Predicts the mean of the targets of the nearest rows.
///
/// Of rows that are as near, the first ones count. Weights of rows are not looked at.
///
/// **Nulls, NaN.** Refused when met in rows to learn from. **Cost.** One pass, which all parameters share; the rows stay in memory. With up to
/// 15 features a search looks at few of them, with more at nearly all. **Errors.** DATA if there are fewer rows than neighbours.
///
/// **Source.** scikit-learn `KNeighborsRegressor`.
public record KNeighborsRegressor(int nNeighbors, NeighborWeights weights,
        NeighborMetric metric) implements Estimator<Predictor> {
    public static final Param<KNeighborsRegressor, Integer> N_NEIGHBORS = Param.of(
            KNeighborsRegressor.class, "n_neighbors", KNeighborsRegressor::nNeighbors,
            KNeighborsRegressor::withNNeighbors);
    public static final Param<KNeighborsRegressor, NeighborWeights> WEIGHTS =
            Param.of(KNeighborsRegressor.class, "weights", KNeighborsRegressor::weights,
                    KNeighborsRegressor::withWeights);
    public static final Param<KNeighborsRegressor, NeighborMetric> METRIC =
            Param.of(KNeighborsRegressor.class, "metric", KNeighborsRegressor::metric, KNeighborsRegressor::withMetric);

    public KNeighborsRegressor {
        MlErrors.checkAtLeastOne("nNeighbors", nNeighbors);
    }

    public KNeighborsRegressor() {
        this(5);
    }

    public KNeighborsRegressor(int nNeighbors) {
        this(nNeighbors, NeighborWeights.UNIFORM, NeighborMetric.EUCLIDEAN);
    }

    public KNeighborsRegressor withNNeighbors(int nNeighbors) {
        return new KNeighborsRegressor(nNeighbors, weights, metric);
    }

    public KNeighborsRegressor withWeights(NeighborWeights weights) {
        return new KNeighborsRegressor(nNeighbors, weights, metric);
    }

    public KNeighborsRegressor withMetric(NeighborMetric metric) {
        return new KNeighborsRegressor(nNeighbors, weights, metric);
    }

    @Override
    public Lazy<Predictor> plan(Dataset data) {
        return data.regression(name())
                .fit(new NeighborRows())
                .then(name(), new Choose(new NeighborRules(nNeighbors, weights, metric)));
    }

    private record Choose(NeighborRules rules) implements Function1<NeighborIndex, Predictor> {
        @Override
        public Predictor apply(NeighborIndex index) {
            rules.check(index);
            return new NeighborRegressor(index, rules);
        }
    }
}
