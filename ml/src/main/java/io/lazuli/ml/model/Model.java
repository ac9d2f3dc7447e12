package io.lazuli.ml.model;

import io.lazuli.ml.fit.Features;

/// What was learned. Implemented by records: a model is a value, travels, and is told by content.
public interface Model {
    /// What it was fitted on, and wants to see again: the same names in the same order.
    Features features();
}
