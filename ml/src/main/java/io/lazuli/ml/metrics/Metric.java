package io.lazuli.ml.metrics;

import io.lazuli.ml.fit.Classes;

/// A number that says how good predictions are, summed up over rows in any number of parts. Implemented by records, which are told by
/// content.
///
/// @param <S> what is summed up; a value that [io.lazuli.graph.codec.ValueCodec] can write
public interface Metric<S> {
    /// Such as `accuracy`; scikit-learn's name where it has one.
    String name();

    /// Whether a model with a greater number is the better one.
    boolean isGreaterBetter();

    /// What it looks at.
    Input input();

    /// What a metric looks at beside the target.
    enum Input {
        /// A predicted number.
        VALUE,
        /// The index of the predicted class; the target is one too.
        CLASS,
        /// How likely each class is; the target is the index of one.
        PROBABILITIES
    }

    /// The sum of no rows.
    ///
    /// @param classes those of the target, if it is a class
    S start(Classes classes);

    /// The sum of `sum` and some rows; may be `sum` itself, changed.
    S add(S sum, Predictions rows);

    /// The sum of both, of which `left` comes first in the order of rows. Changes neither.
    S merge(S left, S right);

    /// The metric; NaN where it is not defined.
    double finish(S sum);
}
