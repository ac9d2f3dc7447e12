/// Kernels over tiles.
@NullMarked
package io.lazuli.ml.internal.numeric;

import org.jspecify.annotations.NullMarked;
