package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.internal.operator.key.GroupIndex;
import io.lazuli.dataframe.internal.operator.key.GroupRows;
import io.lazuli.dataframe.internal.operator.key.KeyBatch;
import io.lazuli.dataframe.internal.operator.key.NonNullRows;
import io.lazuli.dataframe.internal.operator.key.StateMemory;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/// Keys of any types in a hash table.
final class HashedIndex implements JoinIndex {
    private final GroupIndex keys;

    private HashedIndex(GroupIndex keys) {
        this.keys = keys;
    }

    static Optional<HashedIndex> tryBuild(Reservation memory, Batch rows, List<Integer> keys, MemorySegment ids) {
        StateMemory state = new StateMemory(memory);
        GroupIndex index = GroupIndex.create(state, keys.size(), false, new GroupRows(state));
        Scratch scratch = new Scratch(memory);
        KeyBatch keyScratch = new KeyBatch();
        NonNullRows keyed = new NonNullRows();
        int[] batchIds = new int[Batch.ROWS];
        for (BatchCursor cursor = new BatchCursor(rows); cursor.hasNext(); ) {
            int start = cursor.position();
            scratch.reset();
            Batch batch = cursor.next(scratch);
            List<Column> columns = keyed.select(batch.columns(keys), batch.rowCount(), scratch);
            if (!index.tryReserve(columns, keyed.count())) {
                index.free();
                scratch.free();
                return Optional.empty();
            }
            index.assign(columns, keyed.count(), keyScratch, batchIds);
            if (start == 0 && index.count() > keyed.count() / 2) {
                index.expect(columns, rows.rowCount());
            }
            keyed.spread(batchIds, batch.rowCount(), NO_KEY);
            MemorySegment.copy(batchIds, 0, ids, Layouts.INT, start * 4L, batch.rowCount());
        }
        scratch.free();
        return Optional.of(new HashedIndex(index));
    }

    @Override
    public int count() {
        return keys.count();
    }

    @Override
    public void find(List<Column> columns, int rowCount, KeyBatch scratch, int[] ids) {
        keys.find(columns, rowCount, scratch, ids);
    }

    @Override
    public List<Buffer> buffers() {
        return keys.buffers();
    }

    @Override
    public void free() {
        keys.free();
    }
}
