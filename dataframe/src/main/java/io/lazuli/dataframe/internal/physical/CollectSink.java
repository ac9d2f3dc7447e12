package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// Keeps all rows, in order.
final class CollectSink implements BatchSink {
    private final BlockBuilder rows;
    private final TextRecoder recoder;

    CollectSink(Pipeline.Collect sink, Reservation memory) {
        rows = BlockBuilder.keepingCodes(memory, sink.types(), 0);
        recoder = new TextRecoder(memory);
    }

    @Override
    public void accept(Batch batch) {
        rows.append(recoder.recode(batch));
    }

    @Override
    public Block finish() {
        return rows.finish();
    }
}
