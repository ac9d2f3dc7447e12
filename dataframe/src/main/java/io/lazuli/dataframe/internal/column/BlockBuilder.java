package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Collects batches into one block. Buffers grow by doubling within the task's reservation; texts longer than a view are
/// copied, so that the block refers to nothing else.
public final class BlockBuilder {
    private static final long[] NO_CUTS = {};

    private final List<ColumnBuilder> columns = new ArrayList<>();
    private int rowCount;

    private BlockBuilder(Reservation memory, List<DataType> types, int expectedRows, boolean keepsCodes) {
        types.forEach(type -> columns.add(new ColumnBuilder(memory, type, Math.max(64, expectedRows), keepsCodes)));
    }

    /// @param expectedRows rows to make room for at once; more may come
    public BlockBuilder(Reservation memory, List<DataType> types, int expectedRows) {
        this(memory, types, expectedRows, false);
    }

    /// As the constructor, but a text column stays coded as long as all its rows refer to one dictionary. That is read until the
    /// end, so it must live as long.
    public static BlockBuilder keepingCodes(Reservation memory, List<DataType> types, int expectedRows) {
        return new BlockBuilder(memory, types, expectedRows, true);
    }

    public int rowCount() {
        return rowCount;
    }

    /// Makes room for so many rows in all, without their long texts; false if the memory is refused.
    public boolean tryReserve(int expectedRows) {
        return columns.stream().allMatch(column -> column.tryReserve(expectedRows, rowCount));
    }

    /// Makes room for a batch, so that [#append] needs no more memory for it; false if the memory is refused.
    public boolean tryReserve(Batch batch) {
        int total = Math.addExact(rowCount, batch.rowCount());
        for (int c = 0; c < columns.size(); c++) {
            if (!columns.get(c).tryReserve(batch.column(c), rowCount, total)) {
                return false;
            }
        }
        return true;
    }

    /// Rows that there is room for without moving what is there; texts apart.
    public long capacity() {
        return columns.isEmpty() ? Long.MAX_VALUE : columns.getFirst().capacity();
    }

    /// Appends all rows of a batch.
    public void append(Batch batch) {
        int total = Math.addExact(rowCount, batch.rowCount());
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).append(batch.column(c), rowCount, total);
        }
        rowCount = total;
    }

    /// Rows `start` to `start + length` of those that are being appended, of one column.
    @FunctionalInterface
    public interface Piece {
        Column take(int column, int start, int length);
    }

    /// Appends `count` rows, one column after the other, each in pieces of at most [Batch#ROWS] rows. A column that is picked from in
    /// no order so has the caches to itself.
    public void append(int count, Piece piece) {
        int total = Math.addExact(rowCount, count);
        for (int c = 0; c < columns.size(); c++) {
            for (int start = 0; start < count; start += Batch.ROWS) {
                int length = Math.min(Batch.ROWS, count - start);
                columns.get(c).append(piece.take(c, start, length), rowCount + start, rowCount + start + length);
            }
        }
        rowCount = total;
    }

    /// The rows so far.
    ///
    /// Ownership: borrowed; valid until the next row comes or the builder ends.
    public Batch view() {
        return new Batch(rowCount, columns.stream().map(c -> c.view(rowCount)).toList());
    }

    /// What the rows live on, for those who keep a [#view] longer than the reservation lasts.
    public List<Buffer> buffers() {
        return columns.stream().flatMap(ColumnBuilder::buffers).toList();
    }

    /// Gives the memory back, rows and all. The builder must not be used afterwards.
    public void free() {
        columns.forEach(ColumnBuilder::free);
    }

    /// The rows so far as a block. The builder must not be used afterwards.
    ///
    /// Ownership: the block belongs to the caller.
    public Block finish() {
        return finish(NO_CUTS);
    }

    /// As [#finish()], with the rows divided by `cuts`.
    public Block finish(long[] cuts) {
        return ColumnBlocks.create(rowCount, columns.stream().map(c -> c.finish(rowCount)).toList(), cuts);
    }
}
