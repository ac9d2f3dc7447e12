package io.lazuli.dataframe.internal.operator.ordered;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Scratch;

/// One computed column of a partition. Confined to one thread.
interface OrderedColumn {
    /// The next rows, which are those of `batch` and start at row `start` of the partition; asked for in order, without gaps.
    Column next(Batch batch, int start, Scratch scratch);
}
