package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.WeightedValues;

/// The mean of the precision at each probability of the second class, by the recall that it adds. Exact: keeps all distinct probabilities.
record AveragePrecision() implements Metric<Ranking> {
    @Override
    public String name() {
        return "average_precision";
    }

    @Override
    public boolean isGreaterBetter() {
        return true;
    }

    @Override
    public Input input() {
        return Input.PROBABILITIES;
    }

    @Override
    public Ranking start(Classes classes) {
        if (classes.count() != 2) {
            throw MlErrors.needsTwoClasses(name(), classes.count(), "take roc_auc_ovr or roc_auc_ovo");
        }
        return Ranking.of(2);
    }

    @Override
    public Ranking add(Ranking sum, Predictions rows) {
        return sum.add(rows);
    }

    @Override
    public Ranking merge(Ranking left, Ranking right) {
        return Ranking.merge(left, right);
    }

    @Override
    public double finish(Ranking sum) {
        WeightedValues positive = sum.scores(0, 1);
        WeightedValues negative = sum.scores(0, 0);
        double hits = 0;
        double misses = 0;
        double precisions = 0;
        int n = negative.count() - 1;
        for (int p = positive.count() - 1; p >= 0; p--) {
            double added = positive.weights()[p];
            hits += added;
            for (; n >= 0 && negative.values()[n] >= positive.values()[p]; n--) {
                misses += negative.weights()[n];
            }
            precisions += added * (hits / (hits + misses));
        }
        return precisions / positive.weight();
    }
}
