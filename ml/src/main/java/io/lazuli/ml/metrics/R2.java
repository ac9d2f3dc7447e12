package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// One minus the share of the target's variance that predictions leave over.
record R2() implements Metric<R2.Sum> {
    record Sum(Spread target, double squaredErrors) {}

    @Override
    public String name() {
        return "r2";
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
        return new Sum(Spread.NONE, 0);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double errors = 0;
        for (int row = 0; row < rows.length(); row++) {
            double error = rows.target()[row] - rows.predicted()[row];
            errors += rows.weights()[row] * error * error;
        }
        return merge(sum, new Sum(Spread.of(rows.target(), rows.weights(), rows.length()), errors));
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(Spread.merge(left.target, right.target), left.squaredErrors + right.squaredErrors);
    }

    @Override
    public double finish(Sum sum) {
        return sum.target.weight() == 0 ? Double.NaN : explained(sum.squaredErrors, sum.target.squares());
    }

    /// One minus the share that is left; 1 if nothing is left of nothing.
    static double explained(double left, double all) {
        if (all == 0) {
            return left == 0 ? 1 : 0;
        }
        return 1 - left / all;
    }
}
