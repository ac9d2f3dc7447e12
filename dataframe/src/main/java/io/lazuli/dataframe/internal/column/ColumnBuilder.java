package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One column in the making. A text column may begin as codes of one dictionary; when a text comes that is not in it, the rows so
/// far become texts, and it stays like that.
final class ColumnBuilder {
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
    private final boolean keepsCodes;
    /// Null unless the rows so far are codes: then `values` has an int a row.
    private @Nullable TextDictionary dictionary;

    ColumnBuilder(Reservation memory, DataType type, int expectedRows, boolean keepsCodes) {
        this.memory = memory;
        this.type = type;
        this.kind = Kind.of(type);
        this.keepsCodes = keepsCodes && kind == Kind.UTF8;
        this.capacity = expectedRows;
        this.values = memory.allocate(kind.byteSize(capacity));
    }

    void append(Column column, int start, int end) {
        if (keepsCodes && start == 0 && column.isCoded()) {
            startCodes(column.dictionary());
        }
        if (dictionary != null && (!column.isCoded() || column.dictionary() != dictionary)) {
            becomeTexts(dictionary, start);
        }
        if (end > capacity) {
            grow(Math.max(end, 2 * capacity), start);
        }
        appendValidity(column, start);
        if (dictionary != null) {
            MemorySegment.copy(column.codes(), 0, values.segment(), start * 4L, column.length() * 4L);
            return;
        }
        switch (kind) {
            case BOOL -> Bits.copy(column.values(), 0, values.segment(), start, column.length());
            case UTF8 -> appendViews(column, start);
            case INT, LONG, DOUBLE -> MemorySegment.copy(
                    column.values(), 0, values.segment(), (long) start * kind.width(),
                    (long) column.length() * kind.width());
        }
    }

    /// Rows that there is room for.
    long capacity() {
        return capacity;
    }

    /// Makes room for so many rows in all, `rows` of which are there; false if the memory is refused.
    boolean tryReserve(long wanted, int rows) {
        if (wanted <= capacity) {
            return true;
        }
        Optional<Buffer> more = tryMove(values, stored().byteSize(rows), stored().byteSize(wanted));
        more.ifPresent(moved -> values = moved);
        if (more.isPresent() && validity != null) {
            more = tryMove(validity, Bits.byteSize(rows), Bits.byteSize(wanted));
            more.ifPresent(moved -> validity = moved);
        }
        // where only the values were moved, there is more room than is said
        more.ifPresent(ignored -> capacity = wanted);
        return more.isPresent();
    }

    /// Makes room for a column that comes behind `rows` others, up to row `end`; false if the memory is refused.
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
        return kind != Kind.UTF8 || column.data() == Column.NO_DATA || tryReserveData(column.longTextBytes());
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

    private void startCodes(TextDictionary codes) {
        memory.free(values);
        dictionary = codes;
        values = memory.allocate(stored().byteSize(capacity));
    }

    /// Turns the codes of the rows so far into texts.
    private void becomeTexts(TextDictionary codes, int rows) {
        Buffer old = values;
        dictionary = null;
        values = memory.allocate(kind.byteSize(capacity));
        codes.take(old.segment(), rows, values.segment());
        memory.free(old);
        ownTexts(codes.data(), 0, rows);
    }

    private Kind stored() {
        return dictionary == null ? kind : Kind.INT;
    }

    private void grow(long newCapacity, int rows) {
        values = moved(values, stored().byteSize(rows), stored().byteSize(newCapacity));
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
        if (column.data() != Column.NO_DATA || column.mayHaveNulls()) {
            ownTexts(column.data(), start, start + column.length());
        }
    }

    /// Copies the bytes of long texts, which are in `from`, for some rows; their validity is there already.
    private void ownTexts(MemorySegment from, int start, int end) {
        MemorySegment views = values.segment();
        for (int row = start; row < end; row++) {
            int length = Views.length(views, row);
            if (validity != null && !Bits.get(validity.segment(), row)) {
                // what stands there may refer to bytes that this block does not have
                Views.set(views, row, 0, 0);
            } else if (length > Views.INLINE) {
                long head = Views.head(views, row);
                long offset = Views.offset(Views.tail(views, row));
                Views.set(views, row, head, appendData(from, offset, length) << 32);
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
        MemorySegment bits = validity == null ? Column.NO_NULLS : validity.segment();
        return dictionary != null
                ? Column.codedOnHeap(type, rows, bits, values.segment(), dictionary)
                : new Column(type, rows, bits, values.segment(), data == null ? Column.NO_DATA : data.segment());
    }

    Stream<Buffer> buffers() {
        return Stream.of(validity, values, data).filter(Objects::nonNull);
    }

    void free() {
        buffers().forEach(memory::free);
    }

    ColumnBlocks.Parts finish(int rows) {
        if (dictionary != null && dictionary.size() == 0) {
            becomeTexts(dictionary, rows);
        }
        Buffer exactValidity = validity == null ? null : exact(validity, Bits.byteSize(rows));
        Buffer exactValues = exact(values, stored().byteSize(rows));
        if (dictionary != null) {
            return ColumnBlocks.coded(memory, type, exactValidity, exactValues, dictionary);
        }
        Buffer exactData = data == null ? null : exact(data, dataSize);
        return new ColumnBlocks.Parts(type, exactValidity, null, exactValues, exactData);
    }

    /// The used part of a buffer; moved to a smaller one where it would hold much more memory than it needs.
    private Buffer exact(Buffer buffer, long used) {
        return buffer.byteSize() > 2 * used + 4096 ? moved(buffer, used, used) : buffer.slice(0, used);
    }
}
