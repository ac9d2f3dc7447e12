package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;

/// Sums up a confusion matrix; as a number, the share of rows whose class was predicted.
record Confusion() implements Metric<ConfusionMatrix> {
    /// More have no matrix that somebody could look at.
    private static final int MOST_CLASSES = 2000;

    @Override
    public String name() {
        return "confusion_matrix";
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
    public ConfusionMatrix start(Classes classes) {
        if (classes.count() == 0) {
            throw MlErrors.needsClasses(name());
        }
        if (classes.count() > MOST_CLASSES) {
            throw MlErrors.metricNeeds(name(), "at most %,d classes".formatted(MOST_CLASSES));
        }
        return new ConfusionMatrix(classes, new double[classes.count()][classes.count()]);
    }

    @Override
    public ConfusionMatrix add(ConfusionMatrix sum, Predictions rows) {
        for (int row = 0; row < rows.length(); row++) {
            sum.counts()[(int) rows.target()[row]][(int) rows.predicted()[row]] += rows.weights()[row];
        }
        return sum;
    }

    @Override
    public ConfusionMatrix merge(ConfusionMatrix left, ConfusionMatrix right) {
        double[][] counts = new double[left.counts().length][left.counts().length];
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                counts[i][j] = left.counts()[i][j] + right.counts()[i][j];
            }
        }
        return new ConfusionMatrix(left.classes(), counts);
    }

    @Override
    public double finish(ConfusionMatrix sum) {
        double right = 0;
        double all = 0;
        for (int i = 0; i < sum.counts().length; i++) {
            right += sum.counts()[i][i];
            all += ClassSums.total(sum.counts()[i]);
        }
        return right / all;
    }
}
