package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;

/// The mean of what probabilities cost that are not 1 for the right class.
record ProbabilityLoss(Kind kind) implements Metric<ProbabilityLoss.Sum> {
    enum Kind {
        /// The negative logarithm of the right class's probability.
        LOGARITHM("log_loss"),
        /// The squared distance of the second class's probability from 0 or 1.
        BRIER("brier_score");

        private final String metric;

        Kind(String metric) {
            this.metric = metric;
        }
    }

    /// Probabilities are no nearer to 0 and 1, as their logarithm would be infinite.
    private static final double EDGE = Math.ulp(1.0);

    record Sum(double losses, double weight) {}

    @Override
    public String name() {
        return kind.metric;
    }

    @Override
    public boolean isGreaterBetter() {
        return false;
    }

    @Override
    public Input input() {
        return Input.PROBABILITIES;
    }

    @Override
    public Sum start(Classes classes) {
        if (kind == Kind.BRIER && classes.count() != 2) {
            throw MlErrors.needsTwoClasses(name(), classes.count(), "take log_loss");
        }
        return new Sum(0, 0);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double losses = switch (kind) {
            case LOGARITHM -> logarithms(rows);
            case BRIER -> squares(rows);
        };
        double weight = 0;
        for (int row = 0; row < rows.length(); row++) {
            weight += rows.weights()[row];
        }
        return merge(sum, new Sum(losses, weight));
    }

    private static double logarithms(Predictions rows) {
        double sum = 0;
        for (int row = 0; row < rows.length(); row++) {
            double all = 0;
            for (double[] probabilities : rows.probabilities()) {
                all += clipped(probabilities[row]);
            }
            double right = clipped(rows.probabilities()[(int) rows.target()[row]][row]);
            sum -= rows.weights()[row] * Math.log(right / all);
        }
        return sum;
    }

    private static double clipped(double probability) {
        return Math.min(1 - EDGE, Math.max(EDGE, probability));
    }

    private static double squares(Predictions rows) {
        double[] probabilities = rows.probabilities()[1];
        double sum = 0;
        for (int row = 0; row < rows.length(); row++) {
            double distance = probabilities[row] - rows.target()[row];
            sum += rows.weights()[row] * distance * distance;
        }
        return sum;
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(left.losses + right.losses, left.weight + right.weight);
    }

    @Override
    public double finish(Sum sum) {
        return sum.losses / sum.weight;
    }
}
