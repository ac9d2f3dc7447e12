package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.JoinErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.operator.join.JoinTable;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// Puts all rows into a join table that other tasks share; into files where memory is refused.
///
/// To another process go the rows alone. There they stay where they are, mapped from a file, and are indexed again.
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
        return table(memory, rows.view(), rows.buffers(), keys);
    }

    /// As [Pipeline#pack].
    static Block pack(Block object) {
        JoinTable table = object.value(JoinTable.class);
        return ColumnBlocks.of(table.columns(), table.rowBuffers());
    }

    /// As [Pipeline#unpack].
    static Block unpack(Pipeline.BuildTable sink, Block packed, Reservation memory) {
        memory.useFiles(FileUse.INSTEAD_OF_FAILING);
        return table(memory, ColumnBlocks.view(packed), packed.buffers(), sink.keys());
    }

    private static Block table(Reservation memory, Batch columns, List<Buffer> rows, List<Integer> keys) {
        new StateMemory(memory).insist(true);
        JoinTable table = JoinTable.tryBuild(memory, columns, rows, keys)
                .orElseThrow(() -> JoinErrors.tableDoesNotFit(memory.owner(), columns.rowCount()));
        return Block.object(table, table.byteSize(), table.buffers());
    }
}
