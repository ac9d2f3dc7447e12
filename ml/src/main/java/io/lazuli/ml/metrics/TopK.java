package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// The share of rows whose class is among the likeliest few; of equally likely classes later ones come first.
record TopK(int k) implements Metric<Accuracy.Sum> {
    @Override
    public String name() {
        return "top_%d_accuracy".formatted(k);
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
    public Accuracy.Sum start(Classes classes) {
        return new Accuracy.Sum(0, 0);
    }

    @Override
    public Accuracy.Sum add(Accuracy.Sum sum, Predictions rows) {
        double hits = sum.right();
        double all = sum.all();
        for (int row = 0; row < rows.length(); row++) {
            double weight = rows.weights()[row];
            hits += likelier(rows.probabilities(), (int) rows.target()[row], row) < k ? weight : 0;
            all += weight;
        }
        return new Accuracy.Sum(hits, all);
    }

    private static int likelier(double[][] probabilities, int right, int row) {
        int count = 0;
        for (int c = 0; c < probabilities.length; c++) {
            double difference = probabilities[c][row] - probabilities[right][row];
            count += difference > 0 || difference == 0 && c > right ? 1 : 0;
        }
        return count;
    }

    @Override
    public Accuracy.Sum merge(Accuracy.Sum left, Accuracy.Sum right) {
        return new Accuracy.Sum(left.right() + right.right(), left.all() + right.all());
    }

    @Override
    public double finish(Accuracy.Sum sum) {
        return sum.right() / sum.all();
    }
}
