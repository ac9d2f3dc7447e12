/// Sorting rows into runs, cutting runs at bounds and merging them.
@NullMarked
package io.lazuli.dataframe.internal.operator.sort;

import org.jspecify.annotations.NullMarked;
