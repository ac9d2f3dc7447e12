package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// As R², but what all predictions are off alike does not count.
record ExplainedVariance() implements Metric<ExplainedVariance.Sum> {
    record Sum(Spread target, Spread errors) {}

    @Override
    public String name() {
        return "explained_variance";
    }

    @Override
    public boolean isGreaterBetter() {
        return true;
    }

    @Override
    public Input input() {
        return Input.VALUE;
    }

    @Override
    public Sum start(Classes classes) {
        return new Sum(Spread.NONE, Spread.NONE);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double[] errors = new double[rows.length()];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = rows.target()[row] - rows.predicted()[row];
        }
        return merge(
                sum, new Sum(
                        Spread.of(rows.target(), rows.weights(), errors.length),
                        Spread.of(errors, rows.weights(), errors.length)));
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(Spread.merge(left.target, right.target), Spread.merge(left.errors, right.errors));
    }

    @Override
    public double finish(Sum sum) {
        return sum.target.weight() == 0
                ? Double.NaN
                : R2.explained(sum.errors.squares(), sum.target.squares());
    }
}
