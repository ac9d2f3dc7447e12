/// Which rows a model is trained and tested on.
@NullMarked
package io.lazuli.ml.selection;

import org.jspecify.annotations.NullMarked;
