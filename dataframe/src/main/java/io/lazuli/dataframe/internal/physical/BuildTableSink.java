package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.JoinErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// Puts all rows into a join table that other tasks share; into files where memory is refused.
final class BuildTableSink implements BatchSink {
    private final Reservation memory;
    private final List<Integer> keys;
    private final BlockBuilder rows;

    BuildTableSink(Pipeline.BuildTable sink, Reservation memory) {
        this.memory = memory;
        this.keys = sink.keys();
        this.rows = new BlockBuilder(memory, sink.types(), 0);
    }

    @Override
    public void accept(Batch batch) {
        rows.append(batch);
    }

    @Override
    public Block finish() {
        new StateMemory(memory).insist(true);
        JoinTable table = JoinTable.tryBuild(memory, rows, keys)
                .orElseThrow(() -> JoinErrors.tableDoesNotFit(memory.owner(), rows.rowCount()));
        return Block.object(table, table.byteSize(), table.buffers());
    }
}
