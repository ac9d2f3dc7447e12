package io.lazuli.dataframe.internal.physical;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.aggregate.Groups;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.dataframe.internal.operator.partition.SlicedRows;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Groups the rows of one partition and keeps the groups in partial form.
///
/// Memory is bounded by flushing: when more is refused, or when there are many groups and hardly fewer than rows, the groups so
/// far become rows of the result and the table starts anew. A key may so occur more than once; merging puts that right. A batch
/// that finds no room even then gets it from files.
final class PartialGroupsSink implements BatchSink {
    /// Groups up to which nobody asks whether grouping pays: about what the caches of a core hold.
    private static final int MANY_GROUPS = 1 << 18;

    private final StateMemory state;
    /// Bytes of a group as a row of the result, without what is of no fixed width.
    private final int rowBytes;
    private final List<Integer> keys;
    private final Groups groups;
    private final SlicedRows flushed;
    private final Scratch scratch;
    /// Rows since the last flush.
    private long rowCount;
    /// Bytes of the flushed rows beside their fixed width.
    private long flushedBytes;

    PartialGroupsSink(Aggregation aggregation, int sliceCount, Reservation memory) {
        this.state = new StateMemory(memory);
        this.rowBytes = aggregation.partialTypes().stream().mapToInt(type -> Kind.of(type).width() + 1).sum();
        this.keys = aggregation.keys();
        this.groups = Aggregates.clearedGroups(aggregation, state);
        this.scratch = new Scratch(memory);
        List<Integer> flushedKeys = IntStream.range(0, keys.size()).boxed().toList();
        this.flushed = new SlicedRows(memory, aggregation.partialTypes(), flushedKeys, sliceCount);
    }

    @Override
    public void accept(Batch batch) {
        List<Column> keyColumns = batch.columns(keys);
        state.keepFree(flushBytes(batch.rowCount()));
        if (hardlyReduces() || !groups.tryReserveRows(keyColumns, batch)) {
            flush();
            if (!groups.tryReserveRows(keyColumns, batch)) {
                insist(keyColumns, batch);
            }
        }
        groups.update(keyColumns, batch);
        rowCount += batch.rowCount();
    }

    /// Makes room for a batch though there is no memory for it.
    private void insist(List<Column> keyColumns, Batch batch) {
        state.insist(true);
        if (!groups.tryReserveRows(keyColumns, batch)) {
            throw Errors.groupsDoNotFit(state.owner(), batch.rowCount());
        }
        state.insist(false);
    }

    /// What a flush needs after so many more groups: the rows of the result grow by doubling, so old and new stand side by side.
    private long flushBytes(int moreGroups) {
        long rows = (long) flushed.rowCount() + groups.count() + moreGroups;
        return 3 * (rows * rowBytes + flushedBytes + groups.dataBytes()) + groups.outputBytes(moreGroups);
    }

    private boolean hardlyReduces() {
        return groups.count() >= MANY_GROUPS && rowCount < 2L * groups.count();
    }

    private void flush() {
        flushedBytes += groups.dataBytes();
        for (int start = 0; start < groups.count(); start += Batch.ROWS) {
            scratch.reset();
            flushed.append(groups.partial(start, Math.min(Batch.ROWS, groups.count() - start), scratch));
        }
        groups.clear();
        rowCount = 0;
    }

    @Override
    public OptionalLong keptRows(long rowCount) {
        return OptionalLong.of(flushed.rowCount());
    }

    @Override
    public Block finish() {
        flush();
        groups.free();
        return flushed.finish();
    }
}
