package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import java.util.List;

/// The first or last `rowCount` rows of a partition (dependency 0), or all if there are fewer: some columns of them.
public record EdgeRows(List<Integer> columns, long rowCount, boolean isLast) implements Operation {
    public EdgeRows {
        columns = List.copyOf(columns);
    }

    @Override
    public String name() {
        return "edges";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        Batch view = ColumnBlocks.view(inputs.block(0));
        List<Column> picked = view.columns(columns);
        int count = (int) Math.min(rowCount, view.rowCount());
        int start = isLast ? view.rowCount() - count : 0;
        BlockBuilder rows = new BlockBuilder(context.memory(), picked.stream().map(Column::type).toList(), count);
        Scratch scratch = new Scratch(context.memory());
        Batch all = new Batch(view.rowCount(), picked);
        for (BatchCursor cursor = new BatchCursor(all, start, start + count); cursor.hasNext();) {
            context.checkCancelled();
            scratch.reset();
            rows.append(cursor.next(scratch));
        }
        return rows.finish();
    }
}
