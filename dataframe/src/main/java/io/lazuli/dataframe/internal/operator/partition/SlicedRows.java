package io.lazuli.dataframe.internal.operator.partition;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ColumnBlocks;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.internal.operator.RowPicker;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Collects rows into one block that is cut into slices by the hash of key columns. Rows keep their order within a slice.
///
/// A counting sort: rows are collected as they come, then counted by slice, then gathered in the order of slices.
public final class SlicedRows {
    private final Reservation memory;
    private final List<DataType> types;
    private final List<Integer> keys;
    private final int sliceCount;
    private final Scratch scratch;
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final BlockBuilder rows;

    /// @param keys columns whose hash decides
    public SlicedRows(Reservation memory, List<DataType> types, List<Integer> keys, int sliceCount) {
        this.memory = memory;
        this.types = types;
        this.keys = keys;
        this.sliceCount = sliceCount;
        this.scratch = new Scratch(memory);
        this.rows = new BlockBuilder(memory, types, 0);
    }

    public int rowCount() {
        return rows.rowCount();
    }

    public void append(Batch batch) {
        rows.append(batch);
    }

    /// The rows as a block of `sliceCount` slices; one slice is a block without cuts.
    ///
    /// Ownership: the block belongs to the caller.
    public Block finish() {
        Block collected = rows.finish();
        if (sliceCount == 1) {
            return collected;
        }
        Batch view = ColumnBlocks.view(collected);
        MemorySegment slices = memory.allocate(Math.max(1, view.rowCount()) * 4L).segment();
        long[] cuts = cut(view, slices);
        Block sliced = gather(view, order(slices, view.rowCount(), cuts), cuts);
        collected.release();
        return sliced;
    }

    /// Writes the slice of each row and returns where the slices start.
    private long[] cut(Batch view, MemorySegment slices) {
        long[] cuts = new long[sliceCount + 1];
        for (BatchCursor cursor = new BatchCursor(view); cursor.hasNext(); ) {
            int start = cursor.position();
            scratch.reset();
            Batch batch = cursor.next(scratch);
            List<Column> keyColumns = keys.stream().map(batch::column).toList();
            hasher.hash(keyColumns, batch.rowCount(), hashes);
            for (int row = 0; row < batch.rowCount(); row++) {
                int slice = KeyHasher.slice(hashes[row], sliceCount);
                slices.set(Layouts.INT, (start + row) * 4L, slice);
                cuts[slice + 1]++;
            }
        }
        for (int slice = 0; slice < sliceCount; slice++) {
            cuts[slice + 1] += cuts[slice];
        }
        return cuts;
    }

    /// The row indexes in the order of their slices.
    private MemorySegment order(MemorySegment slices, int rowCount, long[] cuts) {
        MemorySegment order = memory.allocate(Math.max(1, rowCount) * 4L).segment();
        long[] next = cuts.clone();
        for (int row = 0; row < rowCount; row++) {
            order.set(Layouts.INT, next[slices.get(Layouts.INT, row * 4L)]++ * 4, row);
        }
        return order;
    }

    private Block gather(Batch view, MemorySegment order, long[] cuts) {
        BlockBuilder result = new BlockBuilder(memory, types, view.rowCount());
        RowPicker.append(view, order, view.rowCount(), result, scratch);
        return result.finish(cuts);
    }
}
