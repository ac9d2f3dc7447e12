/// How good predictions are. Begin with [io.lazuli.ml.metrics.Metrics].
@NullMarked
package io.lazuli.ml.metrics;

import org.jspecify.annotations.NullMarked;
