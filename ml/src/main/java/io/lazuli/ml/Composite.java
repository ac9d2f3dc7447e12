package io.lazuli.ml;

import java.util.List;

/// An estimator made of others, whose parameters are its own too.
interface Composite {
    List<Estimator<?>> parts();

    /// The same of other parts, as many and of the same kinds.
    Estimator<?> withParts(List<Estimator<?>> parts);
}
