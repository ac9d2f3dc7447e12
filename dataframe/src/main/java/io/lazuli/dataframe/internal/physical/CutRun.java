package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.operator.sort.RowOrder;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.Arrays;
import java.util.List;

/// Cuts a sorted run (dependency 0) at the bounds (dependency 1) into `rangeCount` slices, without copying a row. Equal keys
/// always fall into the same range: a row belongs to the first range whose bound it does not come after.
public record CutRun(SortOrder order, int rangeCount) implements Operation {
    @Override
    public String name() {
        return "cut";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Block run = inputs.block(0);
        Batch view = ColumnBlocks.view(run);
        List<Column> sortColumns = order.columns().stream().map(column -> view.column(column.index())).toList();
        long[] cuts = cuts(new Batch(view.rowCount(), sortColumns), ColumnBlocks.view(inputs.block(1)));
        return Block.partitioned(run.rowCount(), run.header(), run.buffers(), cuts);
    }

    private long[] cuts(Batch rows, Batch bounds) {
        RowOrder rowOrder = SortKeys.rowOrderOfSortColumns(order);
        long[] cuts = new long[rangeCount + 1];
        // with fewer bounds than ranges, the last ranges are empty
        Arrays.fill(cuts, 1, rangeCount + 1, rows.rowCount());
        for (int bound = 0; bound < bounds.rowCount(); bound++) {
            cuts[bound + 1] = firstAfter(rowOrder, rows, bounds, bound);
        }
        return cuts;
    }

    /// Binary search for the first row that comes after a bound.
    private static int firstAfter(RowOrder rowOrder, Batch rows, Batch bounds, int bound) {
        int low = 0;
        int high = rows.rowCount();
        while (low < high) {
            int middle = low + high >>> 1;
            if (rowOrder.compare(rows, middle, bounds, bound) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
