/// What missing values are filled with.
@NullMarked
package io.lazuli.ml.impute;

import org.jspecify.annotations.NullMarked;
