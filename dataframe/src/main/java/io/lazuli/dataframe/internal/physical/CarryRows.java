package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.ordered.Carries;
import io.lazuli.dataframe.internal.operator.ordered.OrderedCall;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.FileUse;
import java.util.List;

/// Folds the summaries of all partitions (dependency 0, in order) into what comes into each, see [Carries].
public record CarryRows(List<OrderedCall> calls) implements Operation {
    public CarryRows {
        calls = List.copyOf(calls);
    }

    @Override
    public String name() {
        return "carry";
    }

    @Override
    public Block run(TaskContext context, TaskInputs inputs) {
        context.memory().useFiles(FileUse.INSTEAD_OF_FAILING);
        List<DataType> types = Carries.types(calls);
        List<Block> blocks = inputs.blocks(0);
        BlockBuilder summaries = new BlockBuilder(context.memory(), types, blocks.size());
        blocks.forEach(block -> summaries.append(ColumnBlocks.view(block)));
        BlockBuilder carries = new BlockBuilder(context.memory(), types, blocks.size() + 1);
        carries.append(Carries.fold(calls, summaries.view(), new Scratch(context.memory())));
        return carries.finish();
    }
}
