package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;
import io.lazuli.ml.internal.MlErrors;

/// How often each class was right, was predicted, and was there, by weight.
record ClassSums(double[] hits, double[] predicted, double[] actual) {
    /// **Errors.** USER if the target is no class.
    static ClassSums of(Classes classes, String metric) {
        if (classes.count() == 0) {
            throw MlErrors.needsClasses(metric);
        }
        return new ClassSums(new double[classes.count()], new double[classes.count()], new double[classes.count()]);
    }

    int count() {
        return hits.length;
    }

    /// Changes itself.
    ClassSums add(Predictions rows) {
        for (int row = 0; row < rows.length(); row++) {
            int right = (int) rows.target()[row];
            int guess = (int) rows.predicted()[row];
            double weight = rows.weights()[row];
            predicted[guess] += weight;
            actual[right] += weight;
            hits[right] += right == guess ? weight : 0;
        }
        return this;
    }

    static ClassSums merge(ClassSums left, ClassSums right) {
        return new ClassSums(
                sum(left.hits, right.hits), sum(left.predicted, right.predicted), sum(left.actual, right.actual));
    }

    private static double[] sum(double[] left, double[] right) {
        double[] sum = new double[left.length];
        for (int c = 0; c < sum.length; c++) {
            sum[c] = left[c] + right[c];
        }
        return sum;
    }

    static double total(double[] counts) {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }
}
