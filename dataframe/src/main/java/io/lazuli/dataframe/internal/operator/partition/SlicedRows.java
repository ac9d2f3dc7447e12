package io.lazuli.dataframe.internal.operator.partition;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.BatchCursor;
import io.lazuli.dataframe.internal.operator.RowPicker;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Collects rows into one block that is cut into slices by the hash of key columns. Rows keep their order within a slice.
///
/// Rows are collected in chunks that never grow, each of which is counting-sorted by slice when it is full; in the end the
/// chunks' pieces of each slice are gathered one after the other. So at most two copies of the rows exist.
///
/// ```
///   chunk 0 | slice 0 | slice 1 | slice 2 |
///   chunk 1 | slice 0 | slice 1 | slice 2 |     result | 0 of chunk 0, 0 of chunk 1 | 1 of chunk 0, ... |
/// ```
public final class SlicedRows {
    /// So few that a column of a chunk stays in a core's cache while it is gathered slice by slice.
    private static final int CHUNK_ROWS = 4 * Batch.ROWS;

    private final Reservation memory;
    private final List<DataType> types;
    private final List<Integer> keys;
    private final int sliceCount;
    private final Scratch scratch;
    private final TextRecoder recoder;
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final List<Chunk> full = new ArrayList<>();
    /// The chunk that is being filled; with a single slice, all rows.
    private BlockBuilder open;
    private int rowCount;

    /// Rows with their indexes (ints) in the order of slices; those of slice `s` start at `cuts[s]`.
    private record Chunk(BlockBuilder rows, MemorySegment order, int[] cuts) {}

    /// @param keys columns whose hash decides
    public SlicedRows(Reservation memory, List<DataType> types, List<Integer> keys, int sliceCount) {
        this.memory = memory;
        this.types = types;
        this.keys = keys;
        this.sliceCount = sliceCount;
        this.scratch = new Scratch(memory);
        this.recoder = new TextRecoder(memory);
        this.open = BlockBuilder.keepingCodes(memory, types, 0);
    }

    public int rowCount() {
        return rowCount;
    }

    public void append(Batch batch) {
        if (sliceCount > 1 && open.rowCount() + batch.rowCount() > CHUNK_ROWS) {
            full.add(chunk(open));
            open = BlockBuilder.keepingCodes(memory, types, CHUNK_ROWS);
        }
        open.append(recoder.recode(batch));
        rowCount = Math.addExact(rowCount, batch.rowCount());
    }

    /// The rows as a block of `sliceCount` slices; one slice is a block without cuts.
    ///
    /// Ownership: the block belongs to the caller.
    public Block finish() {
        if (sliceCount == 1) {
            return open.finish();
        }
        full.add(chunk(open));
        BlockBuilder result = BlockBuilder.keepingCodes(memory, types, rowCount);
        long[] cuts = new long[sliceCount + 1];
        for (int slice = 0; slice < sliceCount; slice++) {
            for (Chunk chunk : full) {
                int start = chunk.cuts[slice];
                int count = chunk.cuts[slice + 1] - start;
                RowPicker.append(chunk.rows.view(), chunk.order.asSlice(start * 4L), count, result, scratch);
            }
            cuts[slice + 1] = result.rowCount();
        }
        full.forEach(chunk -> chunk.rows.free());
        return result.finish(cuts);
    }

    private Chunk chunk(BlockBuilder rows) {
        Batch view = rows.view();
        int[] slices = new int[view.rowCount()];
        int[] cuts = new int[sliceCount + 1];
        for (BatchCursor cursor = new BatchCursor(view); cursor.hasNext(); ) {
            int start = cursor.position();
            scratch.reset();
            Batch batch = cursor.next(scratch);
            List<Column> keyColumns = keys.stream().map(batch::column).toList();
            hasher.hash(keyColumns, batch.rowCount(), hashes);
            for (int row = 0; row < batch.rowCount(); row++) {
                int slice = KeyHasher.slice(hashes[row], sliceCount);
                slices[start + row] = slice;
                cuts[slice + 1]++;
            }
        }
        for (int slice = 0; slice < sliceCount; slice++) {
            cuts[slice + 1] += cuts[slice];
        }
        return new Chunk(rows, order(slices, cuts), cuts);
    }

    /// The row indexes in the order of their slices.
    private MemorySegment order(int[] slices, int[] cuts) {
        MemorySegment order = memory.allocate(slices.length * 4L).segment();
        int[] next = cuts.clone();
        for (int row = 0; row < slices.length; row++) {
            order.set(Layouts.INT, next[slices[row]]++ * 4L, row);
        }
        return order;
    }
}
