package io.lazuli.dataframe.internal.operator;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.kernel.Gather;
import java.lang.foreign.MemorySegment;

/// Appends rows of a batch of any size to a block, in the order of an index.
public final class RowPicker {
    private RowPicker() {}

    /// Appends the first `count` rows that `indexes` (ints) names.
    public static void append(Batch rows, MemorySegment indexes, int count, BlockBuilder target, Scratch scratch) {
        int[] picked = new int[Math.min(Batch.ROWS, count)];
        target.append(count, (column, start, length) -> {
            MemorySegment.copy(indexes, Layouts.INT, start * 4L, picked, 0, length);
            scratch.reset();
            return Gather.take(rows.column(column), picked, 0, length, scratch);
        });
    }
}
