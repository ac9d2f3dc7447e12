/// Loops over arrays of values: static methods, one loop for each operation and kind.
@NullMarked
package io.lazuli.dataframe.internal.kernel;

import org.jspecify.annotations.NullMarked;
