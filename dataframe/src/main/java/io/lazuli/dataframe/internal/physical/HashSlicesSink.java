package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.operator.partition.SlicedRows;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.OptionalLong;

/// Keeps all rows, divided by the hash of their keys; in a marked block where whoever reads it might expect groups.
final class HashSlicesSink implements BatchSink {
    private final SlicedRows rows;
    private final boolean isMarked;

    private HashSlicesSink(SlicedRows rows, boolean isMarked) {
        this.rows = rows;
        this.isMarked = isMarked;
    }

    HashSlicesSink(Reservation memory, List<DataType> types, List<Integer> keys, int sliceCount) {
        this(new SlicedRows(memory, types, keys, sliceCount), false);
    }

    HashSlicesSink marked() {
        return new HashSlicesSink(rows, true);
    }

    @Override
    public void accept(Batch batch) {
        rows.append(batch);
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return OptionalLong.of(rowCount);
    }

    @Override
    public Block finish() {
        Block slices = rows.finish();
        return isMarked ? ColumnBlocks.marked(slices) : slices;
    }
}
