package io.lazuli.dataframe.internal.operator.join;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
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
import java.util.ArrayList;
import java.util.List;

/// The build side of a join: an index of its keys and, for each key, the rows that have it, in their order. Immutable once
/// built, so any number of threads may look up, each through a [JoinProbe] of its own.
///
/// ```
///   key ──index──▶ id      starts[id] .. starts[id + 1] ──▶ rows       columns: all rows, null keys too
/// ```
public final class JoinTable {
    private static final int NO_KEY = -1;

    private final Batch columns;
    private final GroupIndex index;
    private final MemorySegment starts;
    private final MemorySegment rows;
    private final boolean isUnique;
    private final List<Buffer> buffers;

    private JoinTable(
            Batch columns, GroupIndex index, MemorySegment starts, MemorySegment rows, boolean isUnique,
            List<Buffer> buffers) {
        this.columns = columns;
        this.index = index;
        this.starts = starts;
        this.rows = rows;
        this.isUnique = isUnique;
        this.buffers = List.copyOf(buffers);
    }

    /// Indexes all rows by their columns `keys`. Errors: RESOURCE if memory is refused.
    ///
    /// Ownership: the table lives on the reservation's memory; what outlives it retains [#buffers].
    public static JoinTable build(Reservation memory, BlockBuilder builder, List<Integer> keys) {
        Batch columns = builder.view();
        int rowCount = columns.rowCount();
        StateMemory state = new StateMemory(memory);
        GroupIndex index = GroupIndex.create(state, keys.size(), false, new GroupRows(state));
        Buffer ids = memory.allocate(Math.max(1, rowCount) * 4L);
        int keyedRows = assign(memory, columns, keys, index, ids.segment());
        Buffer starts = memory.allocate((index.count() + 1L) * 4);
        Buffer rows = memory.allocate(Math.max(1, keyedRows) * 4L);
        group(ids.segment(), rowCount, index.count(), starts.segment(), rows.segment());
        memory.free(ids);
        List<Buffer> buffers = new ArrayList<>(builder.buffers());
        buffers.addAll(index.buffers());
        buffers.addAll(List.of(starts, rows));
        boolean isUnique = keyedRows == index.count();
        return new JoinTable(columns, index, starts.segment(), rows.segment(), isUnique, buffers);
    }

    /// Writes the id of each row's key, [#NO_KEY] where it has a null; returns the number of rows without.
    private static int assign(Reservation memory, Batch columns, List<Integer> keys, GroupIndex index,
            MemorySegment ids) {
        Scratch scratch = new Scratch(memory);
        KeyBatch keyScratch = new KeyBatch();
        NonNullRows keyed = new NonNullRows();
        int[] batchIds = new int[Batch.ROWS];
        int keyedRows = 0;
        for (BatchCursor cursor = new BatchCursor(columns); cursor.hasNext(); ) {
            int start = cursor.position();
            scratch.reset();
            Batch batch = cursor.next(scratch);
            List<Column> keyColumns =
                    keyed.select(keys.stream().map(batch::column).toList(), batch.rowCount(), scratch);
            if (!index.tryReserve(keyColumns, keyed.count())) {
                throw Errors.joinTableDoesNotFit(memory.owner(), columns.rowCount());
            }
            index.assign(keyColumns, keyed.count(), keyScratch, batchIds);
            keyed.spread(batchIds, batch.rowCount(), NO_KEY);
            MemorySegment.copy(batchIds, 0, ids, Layouts.INT, start * 4L, batch.rowCount());
            keyedRows += keyed.count();
        }
        return keyedRows;
    }

    /// Orders the rows by id: a counting sort.
    private static void group(MemorySegment ids, int rowCount, int idCount, MemorySegment starts, MemorySegment rows) {
        starts.fill((byte) 0);
        for (int row = 0; row < rowCount; row++) {
            int id = ids.get(Layouts.INT, row * 4L);
            if (id != NO_KEY) {
                starts.set(Layouts.INT, id * 4L, starts.get(Layouts.INT, id * 4L) + 1);
            }
        }
        int end = 0;
        for (int id = 0; id <= idCount; id++) {
            end += id < idCount ? starts.get(Layouts.INT, id * 4L) : 0;
            starts.set(Layouts.INT, id * 4L, end);
        }
        // from behind, so that ends become starts and rows keep their order
        for (int row = rowCount - 1; row >= 0; row--) {
            int id = ids.get(Layouts.INT, row * 4L);
            if (id != NO_KEY) {
                int at = starts.get(Layouts.INT, id * 4L) - 1;
                starts.set(Layouts.INT, id * 4L, at);
                rows.set(Layouts.INT, at * 4L, row);
            }
        }
    }

    /// All rows of the build side, which the results of a probe refer to.
    public Batch columns() {
        return columns;
    }

    /// All memory that the table lives on.
    public List<Buffer> buffers() {
        return buffers;
    }

    /// True if no key occurs twice, so that a probing row has at most one match.
    public boolean isUnique() {
        return isUnique;
    }

    GroupIndex index() {
        return index;
    }

    /// Where the matches of a key start in [#rows]; they end where those of the next start.
    MemorySegment starts() {
        return starts;
    }

    MemorySegment rows() {
        return rows;
    }
}
