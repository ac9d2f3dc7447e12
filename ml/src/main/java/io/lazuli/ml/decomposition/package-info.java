/// Fewer features that say most of what many say.
@NullMarked
package io.lazuli.ml.decomposition;

import org.jspecify.annotations.NullMarked;
