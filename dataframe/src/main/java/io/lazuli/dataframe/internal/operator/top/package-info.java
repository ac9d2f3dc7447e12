/// Finding the first rows of each group.
@NullMarked
package io.lazuli.dataframe.internal.operator.top;

import org.jspecify.annotations.NullMarked;
