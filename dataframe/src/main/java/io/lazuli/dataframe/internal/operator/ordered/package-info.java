/// Columns that are computed from the rows before or after each row.
@NullMarked
package io.lazuli.dataframe.internal.operator.ordered;

import org.jspecify.annotations.NullMarked;
