package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.internal.numeric.WeightedValues;
import java.util.Locale;

/// The area under the curve of true against false positives: how often a row of a class is said to be likelier of it than one of another;
/// ties count half. Exact: keeps all distinct probabilities.
///
/// **Source.** Several classes: Provost and Domingos (2001) each against the rest, Hand and Till (2001) each against each.
record RocAuc(Pairs pairs, Average average) implements Metric<Ranking> {
    /// Which rows are compared.
    enum Pairs {
        BINARY(""),
        REST("_ovr"),
        EACH("_ovo");

        private final String ending;

        Pairs(String ending) {
            this.ending = ending;
        }
    }

    @Override
    public String name() {
        String ending = average == Average.WEIGHTED ? "_" + average.name().toLowerCase(Locale.ROOT) : "";
        return "roc_auc" + pairs.ending + ending;
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
        if (pairs == Pairs.BINARY && classes.count() != 2) {
            throw MlErrors.needsTwoClasses(name(), classes.count(), "take roc_auc_ovr or roc_auc_ovo");
        }
        if (classes.count() < 2) {
            throw MlErrors.needsClasses(name());
        }
        return Ranking.of(classes.count());
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
        if (sum.classes().length == 1) {
            return area(sum.scores(0, 1), sum.scores(0, 0));
        }
        return pairs == Pairs.EACH ? each(sum) : rest(sum);
    }

    private double rest(Ranking sum) {
        double areas = 0;
        double weights = 0;
        for (int c = 0; c < sum.classes().length; c++) {
            WeightedValues own = sum.scores(c, c);
            double weight = average == Average.WEIGHTED ? own.weight() : 1;
            areas += weight * area(own, sum.others(c));
            weights += weight;
        }
        return areas / weights;
    }

    private double each(Ranking sum) {
        double areas = 0;
        double weights = 0;
        for (int a = 0; a < sum.classes().length; a++) {
            for (int b = a + 1; b < sum.classes().length; b++) {
                WeightedValues own = sum.scores(a, a);
                WeightedValues other = sum.scores(b, b);
                double weight = average == Average.WEIGHTED ? own.weight() + other.weight() : 1;
                areas += weight * (area(own, sum.scores(a, b)) + area(other, sum.scores(b, a))) / 2;
                weights += weight;
            }
        }
        return areas / weights;
    }

    /// NaN if either is empty.
    static double area(WeightedValues positive, WeightedValues negative) {
        double below = 0;
        double area = 0;
        int n = 0;
        for (int p = 0; p < positive.count(); p++) {
            double score = positive.values()[p];
            while (n < negative.count() && negative.values()[n] < score) {
                below += negative.weights()[n++];
            }
            double equal = n < negative.count() && negative.values()[n] == score ? negative.weights()[n] : 0;
            area += positive.weights()[p] * (below + equal / 2);
        }
        return area / positive.weight() / negative.weight();
    }
}
