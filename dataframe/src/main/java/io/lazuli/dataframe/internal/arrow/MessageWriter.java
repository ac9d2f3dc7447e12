package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/// Writes a table as a stream of messages, or as a file that contains one; see [ArrowFile].
///
/// Numbers, dates and bits go out as they lie in memory, decimals with 128 bits; texts and bytes get offsets, since views are still
/// foreign to many readers.
final class MessageWriter {
    /// Rows of a record batch, a multiple of 64 so that bits start at whole words.
    private static final int BATCH_ROWS = 1 << 16;
    private static final long MOST_TEXT_BYTES = 1L << 30;
    private static final int VERSION_5 = 4;

    private final WritableByteChannel out;
    private final Schema schema;
    private final boolean isFile;
    private final List<Placed> batches = new ArrayList<>();
    private long position;

    /// A message in the file, its metadata with all that is around them.
    private record Placed(long offset, int metadataSize, long bodySize) {}

    MessageWriter(WritableByteChannel out, Schema schema, boolean isFile) {
        this.out = out;
        this.schema = schema;
        this.isFile = isFile;
    }

    void start() throws IOException {
        if (isFile) {
            put(ByteBuffer.allocate(8).put(ArrowFile.MAGIC).rewind());
        }
        FlatWriter message = new FlatWriter();
        putMessage(message(message, ArrowFile.SCHEMA, SchemaWriter.write(message, schema), 0));
    }

    /// Writes rows as record batches of at most 65,536.
    void write(Batch rows) throws IOException {
        for (int start = 0; start < rows.rowCount();) {
            int count = fitting(rows, start);
            writeBatch(rows, start, count);
            start += count;
        }
    }

    void finish() throws IOException {
        put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(0).flip());
        if (isFile) {
            byte[] footer = footer();
            put(ByteBuffer.wrap(footer));
            put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).flip());
            put(ByteBuffer.wrap(ArrowFile.MAGIC));
        }
    }

    /// Rows from `start` whose texts fit one batch: half as many until they do.
    private static int fitting(Batch rows, int start) {
        int count = Math.min(BATCH_ROWS, rows.rowCount() - start);
        while (true) {
            long most = 0;
            for (Column column : rows.columns()) {
                most = Math.max(most, column.kind() == Kind.UTF8 ? textBytes(column, start, count) : 0);
            }
            if (most <= MOST_TEXT_BYTES) {
                return count;
            }
            if (count <= 64) {
                throw ArrowErrors.textsTooLong(most);
            }
            count = count / 2 + 63 & -64;
        }
    }

    private static long textBytes(Column column, int start, int count) {
        long bytes = 0;
        for (int row = start; row < start + count; row++) {
            bytes += column.isNull(row) ? 0 : Views.length(column.values(), row);
        }
        return bytes;
    }

    private void writeBatch(Batch rows, int start, int count) throws IOException {
        List<MemorySegment> buffers = new ArrayList<>();
        long[] nodes = new long[2 * rows.columns().size()];
        for (int c = 0; c < rows.columns().size(); c++) {
            Column column = rows.column(c);
            nodes[2 * c] = count;
            nodes[2 * c + 1] = addBuffers(column, start, count, buffers);
        }
        long[] places = new long[2 * buffers.size()];
        long bodySize = 0;
        for (int b = 0; b < buffers.size(); b++) {
            places[2 * b] = bodySize;
            places[2 * b + 1] = buffers.get(b).byteSize();
            bodySize += padded(buffers.get(b).byteSize());
        }
        FlatWriter message = new FlatWriter();
        int nodesPlace = message.words(nodes.length / 2, nodes);
        int buffersPlace = message.words(buffers.size(), places);
        message.startTable(3);
        message.int64(0, count);
        message.place(1, nodesPlace);
        message.place(2, buffersPlace);
        int header = message.endTable();
        long offset = position;
        int metadataSize = putMessage(message(message, ArrowFile.RECORDS, header, bodySize));
        batches.add(new Placed(offset, metadataSize, bodySize));
        for (MemorySegment buffer : buffers) {
            put(buffer);
        }
    }

    private static long padded(long size) {
        return size + 7 & -8;
    }

    /// Adds the buffers of some rows and returns how many of these are null.
    private static int addBuffers(Column column, int start, int count, List<MemorySegment> buffers) {
        MemorySegment validity = MemorySegment.NULL;
        int present = count;
        if (column.mayHaveNulls()) {
            validity = bits(column.validity(), start, count);
            present = Bits.count(validity, count);
        }
        buffers.add(present == count ? MemorySegment.NULL : validity);
        switch (column.kind()) {
            case BOOL -> buffers.add(bits(column.values(), start, count));
            case INT, LONG, DOUBLE -> buffers.add(numbers(column, start, count));
            case UTF8 -> addTexts(column, start, count, buffers);
        }
        return count - present;
    }

    private static MemorySegment numbers(Column column, int start, int count) {
        int width = column.kind().width();
        return column.type() instanceof DataType.Decimal
                ? decimals(column, start, count)
                : column.values().asSlice((long) start * width, (long) count * width);
    }

    /// As numbers of 128 bits.
    private static MemorySegment decimals(Column column, int start, int count) {
        MemorySegment wide = MemorySegment.ofArray(new byte[16 * count]);
        for (int i = 0; i < count; i++) {
            long value = column.longAt(start + i);
            wide.set(Layouts.LONG, 16L * i, value);
            wide.set(Layouts.LONG, 16L * i + 8, value >> 63);
        }
        return wide;
    }

    private static MemorySegment bits(MemorySegment bits, int start, int count) {
        if ((start & 63) == 0) {
            return bits.asSlice(start / 8, Bits.byteSize(count));
        }
        MemorySegment shifted = MemorySegment.ofArray(new byte[(int) Bits.byteSize(count)]);
        Bits.copy(bits, start, shifted, 0, count);
        return shifted;
    }

    private static void addTexts(Column column, int start, int count, List<MemorySegment> buffers) {
        MemorySegment offsets = MemorySegment.ofArray(new byte[4 * (count + 1)]);
        MemorySegment bytes = MemorySegment.ofArray(new byte[(int) textBytes(column, start, count)]);
        int end = 0;
        for (int i = 0; i < count; i++) {
            int row = start + i;
            if (!column.isNull(row)) {
                int length = Views.length(column.values(), row);
                MemorySegment from = Views.bytes(column.values(), row, column.data());
                MemorySegment.copy(from, Views.start(column.values(), row), bytes, end, length);
                end += length;
            }
            offsets.set(Layouts.INT, 4L * (i + 1), end);
        }
        buffers.add(offsets);
        buffers.add(bytes);
    }

    static byte[] message(FlatWriter message, int kind, int header, long bodySize) {
        message.startTable(5);
        message.int64(3, bodySize);
        message.place(2, header);
        message.int16(0, VERSION_5);
        message.int8(1, kind);
        return message.finish(message.endTable());
    }

    private byte[] footer() {
        FlatWriter footer = new FlatWriter();
        int schemaPlace = SchemaWriter.write(footer, schema);
        long[] words = new long[3 * batches.size()];
        for (int b = 0; b < batches.size(); b++) {
            words[3 * b] = batches.get(b).offset();
            words[3 * b + 1] = batches.get(b).metadataSize();
            words[3 * b + 2] = batches.get(b).bodySize();
        }
        int blocks = footer.words(batches.size(), words);
        int noDictionaries = footer.words(0);
        footer.startTable(5);
        footer.place(1, schemaPlace);
        footer.place(2, noDictionaries);
        footer.place(3, blocks);
        footer.int16(0, VERSION_5);
        return footer.finish(footer.endTable());
    }

    /// Returns the size of the message with what is in front of it.
    private int putMessage(byte[] message) throws IOException {
        put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(message.length).flip());
        put(ByteBuffer.wrap(message));
        return 8 + message.length;
    }

    private void put(MemorySegment buffer) throws IOException {
        put(buffer.asByteBuffer());
        put(ByteBuffer.allocate((int) (padded(buffer.byteSize()) - buffer.byteSize())));
    }

    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += out.write(bytes);
        }
    }
}
