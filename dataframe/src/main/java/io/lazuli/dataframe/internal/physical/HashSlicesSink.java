package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.operator.partition.SlicedRows;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;

/// Keeps all rows, divided by the hash of their keys.
final class HashSlicesSink implements BatchSink {
    private final SlicedRows rows;

    HashSlicesSink(Reservation memory, List<DataType> types, List<Integer> keys, int sliceCount) {
        rows = new SlicedRows(memory, types, keys, sliceCount);
    }

    @Override
    public void accept(Batch batch) {
        rows.append(batch);
    }

    @Override
    public Block finish() {
        return rows.finish();
    }
}
