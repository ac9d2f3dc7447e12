package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// One minus the share of the target's variance that predictions leave over. The spread of the target is merged as in Chan, Golub and
/// LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
record R2() implements Metric<R2.Sum> {
    /// @param spread the sum of squared distances from the mean
    record Sum(double weight, double mean, double spread, double squaredErrors) {}

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
        return new Sum(0, 0, 0, 0);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double weight = 0;
        double total = 0;
        double errors = 0;
        for (int row = 0; row < rows.length(); row++) {
            double each = rows.weights()[row];
            double error = rows.target()[row] - rows.predicted()[row];
            weight += each;
            total += each * rows.target()[row];
            errors += each * error * error;
        }
        if (weight == 0) {
            return sum;
        }
        double mean = total / weight;
        double spread = 0;
        for (int row = 0; row < rows.length(); row++) {
            double distance = rows.target()[row] - mean;
            spread += rows.weights()[row] * distance * distance;
        }
        return merge(sum, new Sum(weight, mean, spread, errors));
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        if (left.weight == 0 || right.weight == 0) {
            return left.weight == 0 ? right : left;
        }
        double weight = left.weight + right.weight;
        double distance = right.mean - left.mean;
        return new Sum(
                weight, left.mean + distance * (right.weight / weight),
                left.spread + right.spread + distance * distance * (left.weight * right.weight / weight),
                left.squaredErrors + right.squaredErrors);
    }

    @Override
    public double finish(Sum sum) {
        if (sum.weight == 0) {
            return Double.NaN;
        }
        if (sum.spread == 0) {
            return sum.squaredErrors == 0 ? 1 : 0;
        }
        return 1 - sum.squaredErrors / sum.spread;
    }
}
