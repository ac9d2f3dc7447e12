package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// Keeps all rows, in order.
final class CollectSink implements BatchSink {
    private final BlockBuilder rows;

    CollectSink(Pipeline.Collect sink, Reservation memory) {
        rows = new BlockBuilder(memory, sink.types(), 0);
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
