package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.TaskInputs;
import java.util.Optional;

/// Gives out those rows of a partition that fall into a range of all rows.
final class SliceOrigin implements BatchOrigin {
    private final BatchCursor cursor;

    SliceOrigin(Pipeline.Slice slice, int partition, TaskInputs inputs) {
        Batch rows = ColumnBlocks.view(inputs.block(0));
        Column starts = ColumnBlocks.view(inputs.block(1)).column(0);
        long total = starts.longAt(starts.length() - 1);
        long first = slice.offset() < 0 ? total + slice.offset() : slice.offset();
        // a rowCount of Long.MAX_VALUE means all the rest
        long end = first > Long.MAX_VALUE - slice.rowCount() ? Long.MAX_VALUE : first + slice.rowCount();
        cursor = new BatchCursor(rows, within(first - starts.longAt(partition), rows),
                within(end - starts.longAt(partition), rows));
    }

    private static int within(long row, Batch rows) {
        return (int) Math.clamp(row, 0L, rows.rowCount());
    }

    @Override
    public Optional<Batch> next(Scratch scratch) {
        return cursor.hasNext() ? Optional.of(cursor.next(scratch)) : Optional.empty();
    }
}
