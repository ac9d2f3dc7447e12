package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.ordered.Carries;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.FileUse;
import java.util.List;

/// Sums up a partition (dependency 0) in one row, a column for each carried call.
public record SummarizeRows(List<OrderedCall> calls) implements Operation {
    public SummarizeRows {
        calls = List.copyOf(calls);
    }

    @Override
    public String name() {
        return "summarize";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        context.memory().useFiles(FileUse.INSTEAD_OF_FAILING);
        Scratch scratch = new Scratch(context.memory());
        BlockBuilder row = new BlockBuilder(context.memory(), Carries.types(calls), 1);
        row.append(Carries.summarize(calls, ColumnBlocks.view(inputs.block(0)), scratch));
        return row.finish();
    }
}
