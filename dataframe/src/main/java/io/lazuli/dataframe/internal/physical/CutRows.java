package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;

/// Cuts a partition (dependency 0) where `count` equal shares of all rows end, without copying a row. Dependency 1 holds the
/// carries of a row index.
public record CutRows(int count) implements Operation {
    @Override
    public String name() {
        return "cut";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Block rows = inputs.block(0);
        Column starts = ColumnBlocks.view(inputs.block(1)).column(0);
        long start = starts.longAt(context.partition());
        long total = starts.longAt(starts.length() - 1);
        long[] cuts = new long[count + 1];
        for (int share = 1; share <= count; share++) {
            // the first shares take one row more where the total is no multiple
            long end = total / count * share + Math.min(share, total % count);
            cuts[share] = Math.clamp(end - start, 0, rows.rowCount());
        }
        return rows.recut(cuts);
    }
}
