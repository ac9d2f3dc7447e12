package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.numeric.WeightedValues;

/// The median distance of predictions from the target; keeps all distinct distances.
record MedianError() implements Metric<Runs> {
    @Override
    public String name() {
        return "median_absolute_error";
    }

    @Override
    public boolean isGreaterBetter() {
        return false;
    }

    @Override
    public Input input() {
        return Input.VALUE;
    }

    @Override
    public Runs start(Classes classes) {
        return Runs.none();
    }

    @Override
    public Runs add(Runs sum, Predictions rows) {
        double[] errors = new double[rows.length()];
        for (int row = 0; row < errors.length; row++) {
            errors[row] = Math.abs(rows.target()[row] - rows.predicted()[row]);
        }
        sum.add(WeightedValues.of(errors, rows.weights(), errors.length));
        return sum;
    }

    @Override
    public Runs merge(Runs left, Runs right) {
        return Runs.merge(left, right);
    }

    /// As if a row of weight 2 were there twice.
    @Override
    public double finish(Runs sum) {
        WeightedValues errors = sum.total();
        if (errors.count() == 0) {
            return Double.NaN;
        }
        double middle = Math.max(0, (errors.weight() - 1) / 2);
        return (ranked(errors, Math.floor(middle)) + ranked(errors, Math.ceil(middle))) / 2;
    }

    private static double ranked(WeightedValues errors, double rank) {
        double below = 0;
        for (int i = 0; i < errors.count() - 1; i++) {
            below += errors.weights()[i];
            if (below > rank) {
                return errors.values()[i];
            }
        }
        return errors.values()[errors.count() - 1];
    }
}
