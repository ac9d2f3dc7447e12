/// Parallel machine learning over frames: estimators, pipelines, cross-validation and search. Begin with [io.lazuli.ml.Dataset].
@NullMarked
package io.lazuli.ml;

import org.jspecify.annotations.NullMarked;
