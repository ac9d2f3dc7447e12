package io.lazuli.ml.metrics;

/// The metrics by scikit-learn's names.
public final class Metrics {
    private Metrics() {}

    /// The share of rows whose class was predicted, by weight. Between 0 and 1.
    public static Metric<?> accuracy() {
        return new Accuracy();
    }

    /// One minus the share of the target's variance that predictions leave over (R²): 1 is best, the mean gets 0.
    public static Metric<?> r2() {
        return new R2();
    }
}
