package io.lazuli.ml.metrics;

/// How a number for each class becomes one for all.
///
/// **Source.** scikit-learn's `average`.
public enum Average {
    /// That of the second of two classes, which is the positive one.
    BINARY,
    /// The mean over classes that were there or were predicted.
    MACRO,
    /// Of all rows as if they were of one class.
    MICRO,
    /// The mean over classes by how often they were there.
    WEIGHTED
}
