package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.arrow.ArrowFile.Message;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.PlainSize;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.dataframe.internal.text.Utf8;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.memory.Reservation;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Loads the buffers of one column of one batch after another. Files are read rather than mapped: a mapped file that somebody
/// truncates kills the process.
///
/// Everything that a batch says about its buffers is checked before memory is allocated for them.
final class VectorReader implements AutoCloseable {
    /// Bytes after every buffer that may be read, though they mean nothing.
    private static final int PADDING = 64;
    private static final int LZ4 = 0;
    private static final int ZSTD = 1;
    private static final int LZ4_RATIO = 256;
    private static final int ZSTD_RATIO = 1 << 16;

    private final FileChannel channel;
    private final ArrowColumn column;
    private final Room packedRoom;
    private final Room validityRoom;
    private final Room valuesRoom;
    private final Room dataRoom;
    private MemorySegment validity = Column.NO_NULLS;
    private MemorySegment values = MemorySegment.NULL;
    /// Bytes of texts; of columns of views those of all buffers, one behind the other from `dataStarts`; of bytes of one length the
    /// values.
    private MemorySegment data = Column.NO_DATA;
    private long dataSize;
    /// Whether texts may hold anything else than ASCII, and so have to be looked at.
    private boolean isWide;
    private long[] dataStarts = new long[0];

    VectorReader(FileChannel channel, ArrowColumn column, Reservation memory) {
        this.channel = channel;
        this.column = column;
        this.packedRoom = new Room(memory);
        this.validityRoom = new Room(memory);
        this.valuesRoom = new Room(memory);
        this.dataRoom = new Room(memory);
    }

    /// [Column#NO_NULLS] if no row is null.
    MemorySegment validity() {
        return validity;
    }

    /// Values, offsets or views.
    MemorySegment values() {
        return values;
    }

    MemorySegment data() {
        return data;
    }

    /// Bytes of [#data] that mean something.
    long dataSize() {
        return dataSize;
    }

    boolean isWide() {
        return isWide;
    }

    /// Where the data buffers of views begin in [#data]; one more than there are, the last is the end.
    long[] dataStarts() {
        return dataStarts;
    }

    /// Errors: IllegalStateException if the buffers of a batch overlap, so that its bytes would be loaded any number of times.
    static void requireApart(Message message, FlatTable records) {
        long stored = 0;
        for (int buffer = 0, count = records.length(2, 16); buffer < count && stored <= message.bodySize(); buffer++) {
            long size = records.word(2, 2 * buffer + 1);
            // one that is larger than the batch is refused when it is read
            stored += size < 0 || size > message.bodySize() ? 0 : size;
        }
        if (stored > message.bodySize()) {
            throw new IllegalStateException("buffers of %d bytes overlap in a batch of %d".formatted(stored,
                    message.bodySize()));
        }
    }

    /// Loads the column of a batch. Errors: IllegalStateException or IndexOutOfBoundsException if it makes no sense.
    void load(Message message, FlatTable records) throws IOException {
        long rowCount = message.rowCount();
        ArrowForm form = column.stored();
        int node = column.node();
        if (node >= records.length(1, 16) || records.word(1, 2 * node) != rowCount) {
            throw new IllegalStateException("a column has another length than its batch of " + rowCount + " rows");
        }
        int first = column.buffer();
        for (int v = 0; v < column.views(); v++) {
            first = Math.addExact(first, Math.toIntExact(viewBuffers(records, v)));
        }
        boolean hasNulls = records.word(1, 2 * node + 1) != 0;
        Placed bits = placed(message, records, first);
        validity = hasNulls ? load(bits, (rowCount + 7) / 8, validityRoom, 0) : Column.NO_NULLS;
        values = load(placed(message, records, first + 1), form.byteSize(rowCount), valuesRoom, 0);
        switch (form.kind()) {
            case BYTES, LARGE_BYTES -> loadData(message, records, first + 2, 1);
            case VIEWS -> loadData(message, records, first + 2, Math.toIntExact(viewBuffers(records, column.views())));
            case FIXED_BYTES -> {
                requireAddressable(form.byteSize(rowCount));
                data = values;
            }
            default -> data = Column.NO_DATA;
        }
        isWide = form.type() == DataType.UTF8 && hasWide(form, rowCount);
    }

    private boolean hasWide(ArrowForm form, long rowCount) {
        return form.kind() == VectorKind.VIEWS && !Utf8.isAscii(values, 0, rowCount * Views.WIDTH)
                || !Utf8.isAscii(data, 0, dataSize);
    }

    private static long viewBuffers(FlatTable records, int view) {
        if (view >= records.length(4, 8) || records.word(4, view) < 0) {
            throw new IllegalStateException("a column of views does not say how many buffers it has");
        }
        return records.word(4, view);
    }

    private void loadData(Message message, FlatTable records, int first, int count) throws IOException {
        if (count > records.length(2, 16) - first) {
            throw new IllegalStateException("a column is said to have " + count + " buffers of texts");
        }
        dataStarts = new long[count + 1];
        for (int b = 0; b < count; b++) {
            Placed place = placed(message, records, first + b);
            checkLarge(place);
            dataStarts[b + 1] = dataStarts[b] + place.plainSize();
        }
        dataSize = dataStarts[count];
        requireAddressable(dataSize);
        data = dataRoom.atLeast(dataSize + PADDING);
        for (int b = 0; b < count; b++) {
            Placed place = placed(message, records, first + b);
            if (place.plainSize() > 0) {
                load(place, place.plainSize(), dataRoom, dataStarts[b]);
            }
        }
    }

    /// Views refer to what has 32 bits of a place.
    private static void requireAddressable(long size) {
        if (size >= 1L << 32) {
            throw new IllegalStateException("the texts of a batch have " + size + " bytes");
        }
    }

    private void checkLarge(Placed place) throws IOException {
        if (place.codec() >= 0 && place.plainSize() > PlainSize.LARGE) {
            pack(place);
        }
    }

    /// A buffer in the file.
    ///
    /// @param codec -1 if it is stored as it is
    private record Placed(long offset, long byteSize, int codec, long plainSize) {}

    private Placed placed(Message message, FlatTable records, int buffer) throws IOException {
        if (buffer >= records.length(2, 16)) {
            throw new IllegalStateException("a batch has fewer buffers than its columns need");
        }
        long start = records.word(2, 2 * buffer);
        long size = records.word(2, 2 * buffer + 1);
        if (start < 0 || size < 0 || size > message.bodySize() || start > message.bodySize() - size) {
            throw new IllegalStateException("a buffer of %d bytes at %d lies beyond the %d bytes of its batch"
                    .formatted(size, start, message.bodySize()));
        }
        if (!records.has(3) || size == 0) {
            return new Placed(message.bodyOffset() + start, size, -1, size);
        }
        if (size < 8) {
            throw new IllegalStateException("a compressed buffer of " + size + " bytes");
        }
        return compressed(message.bodyOffset() + start, size, records.table(3).int8(0));
    }

    /// A compressed buffer begins with the size that it has when it is not, or -1 if it is not.
    private Placed compressed(long offset, long size, int codec) throws IOException {
        long plain = MemorySegment.ofArray(ArrowFile.read(channel, offset, 8)).get(Layouts.LONG, 0);
        if (plain == -1) {
            return new Placed(offset + 8, size - 8, -1, size - 8);
        }
        if (codec != LZ4 && codec != ZSTD) {
            throw new IllegalStateException("a buffer is compressed with codec " + codec + ", which is not known");
        }
        long most = 64 + (size - 8) * (codec == LZ4 ? LZ4_RATIO : ZSTD_RATIO);
        if (plain < 0 || plain > most) {
            throw new IllegalStateException(
                    "a buffer of %d bytes says it has %d when decompressed".formatted(size - 8, plain));
        }
        return new Placed(offset + 8, size - 8, codec, plain);
    }

    /// Puts a buffer, which must have `needed` bytes, to `at` of a room.
    private MemorySegment load(Placed place, long needed, Room room, long at) throws IOException {
        if (place.plainSize() < needed) {
            throw new IllegalStateException(
                    "a buffer has %d bytes where %d are needed".formatted(place.plainSize(), needed));
        }
        if (place.codec() < 0) {
            MemorySegment target = at > 0 || room == dataRoom ? data : room.atLeast(needed + PADDING);
            read(place.offset(), target.asSlice(at, needed));
            return target;
        }
        MemorySegment packed = pack(place);
        MemorySegment target = room == dataRoom ? data : room.atLeast(place.plainSize() + PADDING);
        if (place.codec() == ZSTD) {
            Frames.zstd(packed, place.byteSize(), target.asSlice(at), place.plainSize());
        } else {
            Frames.lz4(packed, place.byteSize(), target.asSlice(at), place.plainSize());
        }
        return target;
    }

    /// Reads a compressed buffer as it is, and checks what it says of its size.
    private MemorySegment pack(Placed place) throws IOException {
        MemorySegment packed = packedRoom.atLeast(place.byteSize() + PADDING);
        read(place.offset(), packed.asSlice(0, place.byteSize()));
        Frames.check(place.codec() == ZSTD, packed, place.byteSize(), place.plainSize());
        return packed;
    }

    private void read(long offset, MemorySegment target) throws IOException {
        ByteBuffer bytes = target.asByteBuffer();
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file was cut off while it was read");
            }
        }
    }

    @Override
    public void close() {
        packedRoom.close();
        validityRoom.close();
        valuesRoom.close();
        dataRoom.close();
    }
}
