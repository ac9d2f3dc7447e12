package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.OptionalLong;

/// Keeps all rows, in order.
final class CollectSink implements BatchSink {
    private final BlockBuilder rows;
    private final TextRecoder recoder;
    /// Rows to make room for when the first come, 0 once that is done.
    private int expectedRows;

    CollectSink(Pipeline.Collect sink, Reservation memory) {
        rows = BlockBuilder.keepingCodes(memory, sink.types(), 0);
        recoder = new TextRecoder(memory);
    }

    /// Room for them is only asked for with the first, when the other steps of the task have what
    /// they need.
    @Override
    public void expect(int rowCount) {
        expectedRows = rowCount;
    }

    @Override
    public void accept(Batch batch) {
        if (expectedRows > 0) {
            // a refusal is no failure: rows may be fewer, and room grows with them
            boolean ignored = rows.tryReserve(expectedRows);
            expectedRows = 0;
        }
        rows.append(recoder.recode(batch));
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return OptionalLong.of(rowCount);
    }

    @Override
    public Block finish() {
        return rows.finish();
    }
}
