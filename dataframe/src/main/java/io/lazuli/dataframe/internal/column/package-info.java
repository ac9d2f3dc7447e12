/// Columns in Arrow's layout, the batches they form and the blocks that carry them between tasks.
@NullMarked
package io.lazuli.dataframe.internal.column;

import org.jspecify.annotations.NullMarked;
