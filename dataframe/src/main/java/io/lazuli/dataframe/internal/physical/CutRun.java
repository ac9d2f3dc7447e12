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

/// Cuts the sorted run of a partition (dependency 0) at the bounds (dependency 1) into `rangeCount` slices, without copying a
/// row. A row belongs to the first range whose bound it does not come after; of equal keys, the one of an earlier run and, in one
/// run, of an earlier row comes first.
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
        long[] cuts = cuts(
                new Batch(view.rowCount(), sortColumns), context.partition(), ColumnBlocks.view(inputs.block(1)));
        return run.recut(cuts);
    }

    private long[] cuts(Batch rows, int run, Batch bounds) {
        RowOrder rowOrder = SortKeys.rowOrderOfSortColumns(order);
        long[] cuts = new long[rangeCount + 1];
        // with fewer bounds than ranges, the last ranges are empty
        Arrays.fill(cuts, 1, rangeCount + 1, rows.rowCount());
        for (int bound = 0; bound < bounds.rowCount(); bound++) {
            cuts[bound + 1] = firstAfter(rowOrder, rows, run, bounds, bound);
        }
        return cuts;
    }

    /// Binary search for the first row that comes after a bound.
    private int firstAfter(RowOrder rowOrder, Batch rows, int run, Batch bounds, int bound) {
        int low = 0;
        int high = rows.rowCount();
        while (low < high) {
            int middle = low + high >>> 1;
            int byKeys = rowOrder.compare(rows, middle, bounds, bound);
            if (byKeys < 0 || byKeys == 0 && standsBefore(run, middle, bounds, bound)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// True if row `row` of run `run` is the bound itself or stands before it.
    private boolean standsBefore(int run, int row, Batch bounds, int bound) {
        int keyCount = order.columns().size();
        int boundRun = bounds.column(keyCount).intAt(bound);
        return run < boundRun || run == boundRun && row <= bounds.column(keyCount + 1).intAt(bound);
    }
}
