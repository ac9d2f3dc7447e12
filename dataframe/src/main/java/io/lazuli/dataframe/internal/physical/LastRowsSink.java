package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;

/// Keeps the last rows: whenever there are twice as many and a few thousand more, those before the last are dropped.
final class LastRowsSink implements BatchSink {
    /// Rows more than twice the last that are worth the copy.
    private static final int MANY_ROWS = 1 << 16;

    private final Pipeline.LastRows sink;
    private final Reservation memory;
    private final Scratch scratch;
    private BlockBuilder rows;

    LastRowsSink(Pipeline.LastRows sink, Reservation memory) {
        this.sink = sink;
        this.memory = memory;
        this.scratch = new Scratch(memory);
        this.rows = new BlockBuilder(memory, sink.types(), 0);
    }

    @Override
    public boolean wantsMore() {
        return sink.rowCount() > 0;
    }

    @Override
    public void accept(Batch batch) {
        rows.append(batch);
        if (sink.rowCount() < Integer.MAX_VALUE && rows.rowCount() > 2 * sink.rowCount() + MANY_ROWS) {
            prune();
        }
    }

    private void prune() {
        Batch all = rows.view();
        int start = (int) Math.max(0, all.rowCount() - sink.rowCount());
        BlockBuilder last = new BlockBuilder(memory, sink.types(), all.rowCount() - start);
        for (BatchCursor cursor = new BatchCursor(all, start, all.rowCount()); cursor.hasNext();) {
            scratch.reset();
            last.append(cursor.next(scratch));
        }
        rows.free();
        rows = last;
    }

    @Override
    public Block finish() {
        if (rows.rowCount() > sink.rowCount()) {
            prune();
        }
        return rows.finish();
    }
}
