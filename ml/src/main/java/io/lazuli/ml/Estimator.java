package io.lazuli.ml;

import io.lazuli.ml.model.Model;

/// Something that learns a model from data. Implemented by records with a method `with...` for each parameter.
///
/// ```java
/// LinearRegression.Model model = new LinearRegression().fit(data);
/// ```
///
/// @param <M> what it learns
public interface Estimator<M extends Model> {
    /// For plans, progress and errors, such as `Ridge`.
    default String name() {
        return getClass().getSimpleName();
    }

    /// Whether it predicts classes: then its target may be text, and is looked at by the index of a class.
    default boolean classifies() {
        return false;
    }

    /// What it will learn from the data. **Lazy.** Nothing is read.
    ///
    /// **Errors.** USER if the data cannot be right for it, as far as that is known already.
    Lazy<M> plan(Dataset data);

    /// Learns from the data, and waits.
    default M fit(Dataset data) {
        return plan(data).compute();
    }
}
