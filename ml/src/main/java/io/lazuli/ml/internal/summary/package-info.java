/// Fits that say something of each feature by itself, which several estimators share. A missing value counts for none of them.
@NullMarked
package io.lazuli.ml.internal.summary;

import org.jspecify.annotations.NullMarked;
