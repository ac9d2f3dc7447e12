package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// The share of rows whose class was predicted.
record Accuracy() implements Metric<Accuracy.Sum> {
    record Sum(double right, double all) {}

    @Override
    public String name() {
        return "accuracy";
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
    public Sum start(Classes classes) {
        return new Sum(0, 0);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double right = sum.right;
        double all = sum.all;
        for (int row = 0; row < rows.length(); row++) {
            double weight = rows.weights()[row];
            right += rows.predicted()[row] == rows.target()[row] ? weight : 0;
            all += weight;
        }
        return new Sum(right, all);
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(left.right + right.right, left.all + right.all);
    }

    @Override
    public double finish(Sum sum) {
        return sum.right / sum.all;
    }
}
