/// Learning from the nearest rows.
@NullMarked
package io.lazuli.ml.neighbors;

import org.jspecify.annotations.NullMarked;
