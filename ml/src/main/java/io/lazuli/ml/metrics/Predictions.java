package io.lazuli.ml.metrics;

/// Some rows with what was predicted for them. Borrowed for the call; arrays may be longer than [#length].
public interface Predictions {
    int length();

    /// What is right; a class by its index.
    double[] target();

    double[] weights();

    /// What was predicted; a class by its index. Of metrics that look at it.
    double[] predicted();

    /// How likely each class is, by class and then row. Of metrics that look at it.
    double[][] probabilities();
}
