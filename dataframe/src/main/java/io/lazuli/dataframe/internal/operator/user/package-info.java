/// Functions of the user's program over rows and partitions, as operators see them.
@NullMarked
package io.lazuli.dataframe.internal.operator.user;

import org.jspecify.annotations.NullMarked;
