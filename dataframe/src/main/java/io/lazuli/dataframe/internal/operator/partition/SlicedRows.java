package io.lazuli.dataframe.internal.operator.partition;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.BlockBuilder;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.PlacedRows;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.operator.RowPicker;
import io.lazuli.dataframe.internal.operator.key.KeyHasher;
import io.lazuli.dataframe.internal.operator.key.TextRecoder;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Collects rows into one block that is cut into slices by the hash of key columns. Rows keep their order within a slice.
///
/// Rows are collected in chunks that never grow, with the slice of each row. In the end, when the size of each slice is known,
/// every row is written to its place. So at most two copies of the rows exist.
///
/// ```
///   chunk 0 | a | b | c |   slices 1 0 1
///   chunk 1 | d | e |       slices 0 1           result | b | d |  | a | c | e |
/// ```
public final class SlicedRows {
    /// So few that a chunk stays in a core's cache while it is divided.
    private static final int CHUNK_ROWS = 4 * Batch.ROWS;

    private final Reservation memory;
    private final List<DataType> types;
    private final List<Integer> keys;
    private final int sliceCount;
    private final Scratch scratch;
    private final TextRecoder recoder;
    private final KeyHasher hasher = new KeyHasher();
    private final int[] hashes = new int[Batch.ROWS];
    private final List<Chunk> chunks = new ArrayList<>();
    /// With a single slice all rows, else unused.
    private final BlockBuilder whole;
    /// Rows of each slice.
    private final int[] counts;
    private int rowCount;

    /// Rows, and a short for each: its slice.
    private record Chunk(BlockBuilder rows, Buffer slices) {
        void free(Reservation memory) {
            rows.free();
            memory.free(slices);
        }
    }

    /// @param keys columns whose hash decides
    public SlicedRows(Reservation memory, List<DataType> types, List<Integer> keys, int sliceCount) {
        this.memory = memory;
        this.types = types;
        this.keys = keys;
        this.sliceCount = sliceCount;
        this.scratch = new Scratch(memory);
        this.recoder = new TextRecoder(memory);
        this.whole = BlockBuilder.keepingCodes(memory, sliceCount == 1 ? types : List.of(), 0);
        this.counts = new int[sliceCount];
    }

    public int rowCount() {
        return rowCount;
    }

    public void append(Batch batch) {
        Batch recoded = recoder.recode(batch);
        if (sliceCount == 1) {
            whole.append(recoded);
        } else {
            appendTo(chunkFor(batch.rowCount()), recoded);
        }
        rowCount = Math.addExact(rowCount, batch.rowCount());
    }

    private Chunk chunkFor(int moreRows) {
        if (chunks.isEmpty() || chunks.getLast().rows.rowCount() + moreRows > CHUNK_ROWS) {
            chunks.add(new Chunk(
                    BlockBuilder.keepingCodes(memory, types, CHUNK_ROWS), memory.allocate(CHUNK_ROWS * 2L)));
        }
        return chunks.getLast();
    }

    private void appendTo(Chunk chunk, Batch batch) {
        hasher.hash(batch.columns(keys), batch.rowCount(), hashes);
        MemorySegment slices = chunk.slices.segment();
        long start = chunk.rows.rowCount() * 2L;
        for (int row = 0; row < batch.rowCount(); row++) {
            int slice = KeyHasher.slice(hashes[row], sliceCount);
            slices.set(Layouts.SHORT, start + row * 2L, (short) slice);
            counts[slice]++;
        }
        chunk.rows.append(batch);
    }

    /// The rows as a block of `sliceCount` slices; one slice is a block without cuts.
    ///
    /// Ownership: the block belongs to the caller.
    public Block finish() {
        if (sliceCount == 1) {
            return whole.finish();
        }
        scratch.free();
        long[] cuts = new long[sliceCount + 1];
        for (int slice = 0; slice < sliceCount; slice++) {
            cuts[slice + 1] = cuts[slice] + counts[slice];
        }
        List<Batch> views = chunks.stream().map(chunk -> chunk.rows.view()).toList();
        return PlacedRows.takes(types.size(), views) ? place(views, cuts) : gather(views, cuts);
    }

    /// Writes one row after the other to its place.
    private Block place(List<Batch> views, long[] cuts) {
        PlacedRows result = new PlacedRows(memory, types, rowCount, views);
        int[] next = starts(cuts);
        int[] positions = new int[CHUNK_ROWS];
        for (int c = 0; c < chunks.size(); c++) {
            positions(chunks.get(c).slices.segment(), views.get(c).rowCount(), next, positions);
            result.place(views.get(c), positions);
            chunks.get(c).free(memory);
        }
        return result.finish(cuts);
    }

    /// As [#place], for any columns: gathers one slice after the other.
    private Block gather(List<Batch> views, long[] cuts) {
        List<MemorySegment> orders = new ArrayList<>();
        List<int[]> starts = new ArrayList<>();
        for (int c = 0; c < chunks.size(); c++) {
            int[] start = chunkStarts(chunks.get(c).slices.segment(), views.get(c).rowCount());
            orders.add(order(chunks.get(c).slices.segment(), views.get(c).rowCount(), start.clone()));
            starts.add(start);
        }
        BlockBuilder result = BlockBuilder.keepingCodes(memory, types, rowCount);
        for (int slice = 0; slice < sliceCount; slice++) {
            for (int c = 0; c < chunks.size(); c++) {
                int start = starts.get(c)[slice];
                int count = starts.get(c)[slice + 1] - start;
                RowPicker.append(views.get(c), orders.get(c).asSlice(start * 4L), count, result, scratch);
            }
        }
        chunks.forEach(chunk -> chunk.free(memory));
        return result.finish(cuts);
    }

    private int[] starts(long[] cuts) {
        int[] starts = new int[sliceCount];
        for (int slice = 0; slice < sliceCount; slice++) {
            starts[slice] = Math.toIntExact(cuts[slice]);
        }
        return starts;
    }

    /// Where each row belongs, when the next row of each slice belongs to `next`.
    private static void positions(MemorySegment slices, int count, int[] next, int[] positions) {
        for (int row = 0; row < count; row++) {
            positions[row] = next[slices.get(Layouts.SHORT, row * 2L)]++;
        }
    }

    private int[] chunkStarts(MemorySegment slices, int count) {
        int[] starts = new int[sliceCount + 1];
        for (int row = 0; row < count; row++) {
            starts[slices.get(Layouts.SHORT, row * 2L) + 1]++;
        }
        for (int slice = 0; slice < sliceCount; slice++) {
            starts[slice + 1] += starts[slice];
        }
        return starts;
    }

    /// The row indexes in the order of their slices.
    private MemorySegment order(MemorySegment slices, int count, int[] next) {
        MemorySegment order = memory.allocate(count * 4L).segment();
        for (int row = 0; row < count; row++) {
            order.set(Layouts.INT, next[slices.get(Layouts.SHORT, row * 2L)]++ * 4L, row);
        }
        return order;
    }
}
