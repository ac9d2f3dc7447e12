package io.lazuli.ml.neighbors;

import io.lazuli.graph.function.Function1;
import io.lazuli.ml.Dataset;
import io.lazuli.ml.Estimator;
import io.lazuli.ml.Lazy;
import io.lazuli.ml.Param;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Classifier;

/// Predicts how likely classes are by how many of the nearest rows have each.
///
/// Of rows that are as near, the first ones count. Weights of rows are not looked at.
///
/// **Nulls, NaN.** Refused when met in rows to learn from. **Cost.** One pass, which all parameters share; the rows stay in memory. With up to
/// 15 features a search looks at few of them, with more at nearly all. **Errors.** DATA if there are fewer rows than neighbours, or all are of one class.
///
/// **Source.** scikit-learn `KNeighborsClassifier`.
public record KNeighborsClassifier(int nNeighbors, NeighborWeights weights,
        NeighborMetric metric) implements Estimator<Classifier> {
    public static final Param<KNeighborsClassifier, Integer> N_NEIGHBORS = Param.of(
            KNeighborsClassifier.class, "n_neighbors", KNeighborsClassifier::nNeighbors,
            KNeighborsClassifier::withNNeighbors);
    public static final Param<KNeighborsClassifier, NeighborWeights> WEIGHTS =
            Param.of(KNeighborsClassifier.class, "weights", KNeighborsClassifier::weights,
                    KNeighborsClassifier::withWeights);
    public static final Param<KNeighborsClassifier, NeighborMetric> METRIC =
            Param.of(KNeighborsClassifier.class, "metric", KNeighborsClassifier::metric,
                    KNeighborsClassifier::withMetric);

    public KNeighborsClassifier {
        MlErrors.checkAtLeastOne("nNeighbors", nNeighbors);
    }

    public KNeighborsClassifier() {
        this(5);
    }

    public KNeighborsClassifier(int nNeighbors) {
        this(nNeighbors, NeighborWeights.UNIFORM, NeighborMetric.EUCLIDEAN);
    }

    public KNeighborsClassifier withNNeighbors(int nNeighbors) {
        return new KNeighborsClassifier(nNeighbors, weights, metric);
    }

    public KNeighborsClassifier withWeights(NeighborWeights weights) {
        return new KNeighborsClassifier(nNeighbors, weights, metric);
    }

    public KNeighborsClassifier withMetric(NeighborMetric metric) {
        return new KNeighborsClassifier(nNeighbors, weights, metric);
    }

    @Override
    public boolean classifies() {
        return true;
    }

    @Override
    public Lazy<Classifier> plan(Dataset data) {
        return data.classification(name())
                .fit(new NeighborRows())
                .then(name(), new Choose(new NeighborRules(nNeighbors, weights, metric)));
    }

    private record Choose(NeighborRules rules) implements Function1<NeighborIndex, Classifier> {
        @Override
        public Classifier apply(NeighborIndex index) {
            rules.check(index);
            return new NeighborClassifier(index, rules);
        }
    }
}
