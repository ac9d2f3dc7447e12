/// Blocks as Tablesaw tables. Tablesaw is used nowhere else but in the frame's `compute()`.
@NullMarked
package io.lazuli.dataframe.internal.tablesaw;

import org.jspecify.annotations.NullMarked;
