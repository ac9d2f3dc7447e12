package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.internal.operator.partition.SlicedRows;
import io.lazuli.dataframe.internal.operator.top.GroupedTop;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.OptionalLong;

/// Keeps the first or last rows of each group. Where others look at them again, memory is bounded by flushing, as in
/// [PartialGroupsSink]: a group may then have more rows than asked for. Else what memory refuses comes from files.
final class TopRowsSink implements BatchSink {
    /// Groups up to which nobody asks whether it pays to look at rows before the others do.
    private static final int MANY_GROUPS = 1 << 18;

    private final StateMemory state;
    private final List<Integer> keys;
    private final boolean isPartial;
    private final GroupedTop top;
    private final SlicedRows flushed;
    /// Rows since the last flush.
    private long rowCount;

    TopRowsSink(Pipeline.TopRows sink, Reservation memory) {
        this.state = new StateMemory(memory);
        this.keys = sink.keys();
        this.isPartial = sink.isPartial();
        this.top = new GroupedTop(
                memory, state, sink.types(), keys.stream().map(sink.types()::get).toList(),
                SortKeys.rowOrder(sink.order()), sink.prefersLater(), sink.count());
        this.flushed = new SlicedRows(memory, sink.types(), keys, sink.sliceCount());
    }

    @Override
    public void accept(Batch batch) {
        List<Column> keyColumns = batch.columns(keys);
        state.keepFree(top.outputBytes());
        if (isPartial && hardlyReduces()) {
            flush();
        }
        boolean fits = top.tryReserve(keyColumns, batch);
        if (!fits && isPartial) {
            flush();
            fits = top.tryReserve(keyColumns, batch);
        }
        if (!fits) {
            state.insist(true);
            fits = top.tryReserve(keyColumns, batch);
            state.insist(false);
        }
        if (!fits) {
            throw Errors.topRowsDoNotFit(state.owner(), top.rowCount());
        }
        top.add(keyColumns, batch);
        rowCount += batch.rowCount();
    }

    private boolean hardlyReduces() {
        return top.groupCount() >= MANY_GROUPS && rowCount < 2 * top.rowCount();
    }

    private void flush() {
        top.drain(flushed::append);
        rowCount = 0;
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return OptionalLong.of(flushed.rowCount());
    }

    @Override
    public Block finish() {
        flush();
        top.free();
        return flushed.finish();
    }
}
