package io.lazuli.ml.internal.fit;

import io.lazuli.ml.fit.Features;
import io.lazuli.ml.internal.MlErrors;
import io.lazuli.ml.model.Model;

/// Whether a model is given what it was fitted on.
final class ModelFeatures {
    private ModelFeatures() {}

    /// **Errors.** USER if names, order or kinds are others.
    static void check(Model model, Features found) {
        if (!model.features().equals(found)) {
            throw MlErrors.otherFeatures(model.getClass(), model.features(), found);
        }
    }
}
