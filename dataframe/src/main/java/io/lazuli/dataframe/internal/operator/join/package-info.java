/// The table that one side of a join becomes, and its probing.
@NullMarked
package io.lazuli.dataframe.internal.operator.join;

import org.jspecify.annotations.NullMarked;
