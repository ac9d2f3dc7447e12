package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// The mean of what predicted numbers cost.
///
/// @param isRoot whether the mean's square root is taken
record MeanLoss(Loss loss, boolean isRoot) implements Metric<MeanLoss.Sum> {
    record Sum(double losses, double weight) {}

    @Override
    public String name() {
        return isRoot ? "root_" + loss.metric() : loss.metric();
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
    public Sum start(Classes classes) {
        return new Sum(0, 0);
    }

    @Override
    public Sum add(Sum sum, Predictions rows) {
        double weight = 0;
        for (int row = 0; row < rows.length(); row++) {
            weight += rows.weights()[row];
        }
        double losses = loss.sum(rows.target(), rows.predicted(), rows.weights(), rows.length());
        return merge(sum, new Sum(losses, weight));
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        return new Sum(left.losses + right.losses, left.weight + right.weight);
    }

    @Override
    public double finish(Sum sum) {
        double mean = sum.losses / sum.weight;
        return isRoot ? Math.sqrt(mean) : mean;
    }
}
