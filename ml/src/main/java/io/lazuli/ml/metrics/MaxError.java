package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// The greatest distance of a prediction from the target.
record MaxError() implements Metric<Double> {
    @Override
    public String name() {
        return "max_error";
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
    public Double start(Classes classes) {
        return -1.0;
    }

    @Override
    public Double add(Double sum, Predictions rows) {
        double greatest = sum;
        for (int row = 0; row < rows.length(); row++) {
            double error = Math.abs(rows.target()[row] - rows.predicted()[row]);
            greatest = rows.weights()[row] > 0 ? Math.max(greatest, error) : greatest;
        }
        return greatest;
    }

    @Override
    public Double merge(Double left, Double right) {
        return Math.max(left, right);
    }

    @Override
    public double finish(Double sum) {
        return sum < 0 ? Double.NaN : sum;
    }
}
