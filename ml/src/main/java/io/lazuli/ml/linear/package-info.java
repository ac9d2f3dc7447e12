/// Linear models.
@NullMarked
package io.lazuli.ml.linear;

import org.jspecify.annotations.NullMarked;
