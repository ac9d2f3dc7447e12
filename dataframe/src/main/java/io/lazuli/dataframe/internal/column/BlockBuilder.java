package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Collects batches into one block. Buffers grow by doubling within the task's reservation; texts longer than a view are
/// copied, so that the block refers to nothing else.
public final class BlockBuilder {
    private static final long[] NO_CUTS = {};

    private final List<ColumnBuilder> columns = new ArrayList<>();
    private int rowCount;

    /// @param expectedRows rows to make room for at once; more may come
    public BlockBuilder(Reservation memory, List<DataType> types, int expectedRows) {
        types.forEach(type -> columns.add(new ColumnBuilder(memory, type, Math.max(64, expectedRows))));
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
        return columns.isEmpty() ? Long.MAX_VALUE : columns.getFirst().capacity;
    }

    /// Appends all rows of a batch.
    public void append(Batch batch) {
        int total = Math.addExact(rowCount, batch.rowCount());
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).append(batch.column(c), rowCount, total);
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

    /// One column in the making.
    private static final class ColumnBuilder {
        private final Reservation memory;
        private final DataType type;
        private final Kind kind;
        private Buffer values;
        /// Null until the first null row.
        private @Nullable Buffer validity;
        /// Bytes of long texts, null until the first; `dataSize` of them are used.
        private @Nullable Buffer data;
        private long dataSize;
        /// Rows that `values` has room for.
        private long capacity;

        ColumnBuilder(Reservation memory, DataType type, int expectedRows) {
            this.memory = memory;
            this.type = type;
            this.kind = Kind.of(type);
            this.capacity = expectedRows;
            this.values = memory.allocate(kind.byteSize(capacity));
        }

        void append(Column column, int start, int end) {
            if (end > capacity) {
                grow(Math.max(end, 2 * capacity), start);
            }
            appendValidity(column, start);
            switch (kind) {
                case BOOL -> Bits.copy(column.values(), 0, values.segment(), start, column.length());
                case UTF8 -> appendViews(column, start);
                case INT, LONG, DOUBLE -> MemorySegment.copy(
                        column.values(), 0, values.segment(), (long) start * kind.width(),
                        (long) column.length() * kind.width());
            }
        }

        private void grow(long newCapacity, int rows) {
            values = moved(values, kind.byteSize(rows), kind.byteSize(newCapacity));
            if (validity != null) {
                validity = moved(validity, Bits.byteSize(rows), Bits.byteSize(newCapacity));
            }
            capacity = newCapacity;
        }

        private Buffer moved(Buffer old, long used, long byteSize) {
            Buffer bigger = memory.allocate(byteSize);
            MemorySegment.copy(old.segment(), 0, bigger.segment(), 0, used);
            memory.free(old);
            return bigger;
        }

        boolean tryReserve(long wanted, int rows) {
            if (wanted <= capacity) {
                return true;
            }
            Optional<Buffer> more = tryMove(values, kind.byteSize(rows), kind.byteSize(wanted));
            more.ifPresent(moved -> values = moved);
            if (more.isPresent() && validity != null) {
                more = tryMove(validity, Bits.byteSize(rows), Bits.byteSize(wanted));
                more.ifPresent(moved -> validity = moved);
            }
            // where only the values were moved, there is more room than is said
            more.ifPresent(ignored -> capacity = wanted);
            return more.isPresent();
        }

        boolean tryReserve(Column column, int rows, int end) {
            if (end > capacity && !tryReserve(2 * capacity, rows) && !tryReserve(end, rows)) {
                return false;
            }
            if (validity == null && column.mayHaveNulls()) {
                Optional<Buffer> bits = memory.tryAllocate(Bits.byteSize(capacity));
                if (bits.isEmpty()) {
                    return false;
                }
                validity = bits.get();
                Bits.fill(validity.segment(), rows, true);
            }
            return kind != Kind.UTF8 || column.data() == Column.NO_DATA || tryReserveData(longBytes(column));
        }

        private static long longBytes(Column column) {
            long bytes = 0;
            for (int row = 0; row < column.length(); row++) {
                int length = Views.length(column.values(), row);
                bytes += length > Views.INLINE && !column.isNull(row) ? length : 0;
            }
            return bytes;
        }

        private boolean tryReserveData(long bytes) {
            long end = dataSize + bytes;
            if (bytes == 0 || data != null && end <= data.byteSize()) {
                return true;
            }
            if (end > Integer.MAX_VALUE) {
                return false;
            }
            Optional<Buffer> more = tryMove(data, dataSize, Math.min(Math.max(end, 2 * dataSize), Integer.MAX_VALUE));
            if (more.isEmpty()) {
                more = tryMove(data, dataSize, end);
            }
            more.ifPresent(moved -> data = moved);
            return more.isPresent();
        }

        private Optional<Buffer> tryMove(@Nullable Buffer old, long used, long byteSize) {
            Optional<Buffer> bigger = memory.tryAllocate(byteSize);
            if (old != null && bigger.isPresent()) {
                MemorySegment.copy(old.segment(), 0, bigger.get().segment(), 0, used);
                memory.free(old);
            }
            return bigger;
        }

        private void appendValidity(Column column, int start) {
            if (validity == null && column.mayHaveNulls()) {
                validity = memory.allocate(Bits.byteSize(capacity));
                Bits.fill(validity.segment(), start, true);
            }
            if (validity == null) {
                return;
            }
            if (column.mayHaveNulls()) {
                Bits.copy(column.validity(), 0, validity.segment(), start, column.length());
            } else {
                Bits.setRange(validity.segment(), start, start + column.length());
            }
        }

        private void appendViews(Column column, int start) {
            MemorySegment views = values.segment();
            MemorySegment.copy(column.values(), 0, views, (long) start * Views.WIDTH,
                    (long) column.length() * Views.WIDTH);
            if (column.data() == Column.NO_DATA && !column.mayHaveNulls()) {
                return;
            }
            for (int row = 0; row < column.length(); row++) {
                int length = Views.length(views, start + row);
                if (column.isNull(row)) {
                    // what stands there may refer to bytes that this block does not have
                    Views.set(views, start + row, 0, 0);
                } else if (length > Views.INLINE) {
                    long head = Views.head(views, start + row);
                    long from = Views.offset(Views.tail(views, start + row));
                    Views.set(views, start + row, head, appendData(column.data(), from, length) << 32);
                }
            }
        }

        private long appendData(MemorySegment from, long offset, int length) {
            long end = dataSize + length;
            if (end > Integer.MAX_VALUE) {
                throw Errors.tooMuchText(end);
            }
            if (data == null) {
                data = memory.allocate(Math.max(end, 1 << 16));
            } else if (end > data.byteSize()) {
                data = moved(data, dataSize, Math.min(Math.max(end, 2 * data.byteSize()), Integer.MAX_VALUE));
            }
            MemorySegment.copy(from, offset, data.segment(), dataSize, length);
            long at = dataSize;
            dataSize = end;
            return at;
        }

        Column view(int rows) {
            return new Column(
                    type,
                    rows,
                    validity == null ? Column.NO_NULLS : validity.segment(),
                    values.segment(),
                    data == null ? Column.NO_DATA : data.segment());
        }

        Stream<Buffer> buffers() {
            return Stream.of(validity, values, data).filter(Objects::nonNull);
        }

        void free() {
            buffers().forEach(memory::free);
        }

        ColumnBlocks.Parts finish(int rows) {
            Buffer exactValidity = validity == null ? null : exact(validity, Bits.byteSize(rows));
            Buffer exactData = data == null ? null : exact(data, dataSize);
            return new ColumnBlocks.Parts(type, exactValidity, exact(values, kind.byteSize(rows)), exactData);
        }

        /// The used part of a buffer; moved to a smaller one where it would hold much more memory than it needs.
        private Buffer exact(Buffer buffer, long used) {
            return buffer.byteSize() > 2 * used + 4096 ? moved(buffer, used, used) : buffer.slice(0, used);
        }
    }
}
