package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;
import java.util.Locale;

/// Precision, recall and what is between them: the weighted harmonic mean F, where recall counts `beta` times as much. 0 where a class was
/// not there or not predicted.
///
/// @param beta 0 for precision, infinite for recall
record PrecisionRecall(String score, double beta, Average average) implements Metric<ClassSums> {
    @Override
    public String name() {
        return average == Average.BINARY ? score : score + "_" + average.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean isGreaterBetter() {
        return true;
    }

    @Override
    public Input input() {
        return Input.CLASS;
    }

    @Override
    public ClassSums start(Classes classes) {
        ClassSums sums = ClassSums.of(classes, name());
        if (average == Average.BINARY && sums.count() != 2) {
            throw MlErrors.needsTwoClasses(name(), sums.count(), "average them: MACRO, MICRO or WEIGHTED");
        }
        return sums;
    }

    @Override
    public ClassSums add(ClassSums sum, Predictions rows) {
        return sum.add(rows);
    }

    @Override
    public ClassSums merge(ClassSums left, ClassSums right) {
        return ClassSums.merge(left, right);
    }

    @Override
    public double finish(ClassSums sum) {
        return switch (average) {
            case BINARY -> of(sum, 1);
            case MACRO -> mean(sum, false);
            case WEIGHTED -> mean(sum, true);
            case MICRO -> score(
                    ClassSums.total(sum.hits()), ClassSums.total(sum.predicted()), ClassSums.total(sum.actual()));
        };
    }

    private double mean(ClassSums sum, boolean byActual) {
        double scores = 0;
        double weights = 0;
        for (int c = 0; c < sum.count(); c++) {
            boolean isThere = sum.actual()[c] + sum.predicted()[c] > 0;
            double weight = byActual ? sum.actual()[c] : 1;
            scores += isThere ? weight * of(sum, c) : 0;
            weights += isThere ? weight : 0;
        }
        return scores / weights;
    }

    private double of(ClassSums sum, int c) {
        return score(sum.hits()[c], sum.predicted()[c], sum.actual()[c]);
    }

    private double score(double hits, double predicted, double actual) {
        if (Double.isInfinite(beta)) {
            return actual == 0 ? 0 : hits / actual;
        }
        double all = beta * beta * actual + predicted;
        return all == 0 ? 0 : (1 + beta * beta) * hits / all;
    }
}
