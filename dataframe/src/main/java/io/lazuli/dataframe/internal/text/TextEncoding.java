package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.source.PartEncoder;
import io.lazuli.dataframe.internal.source.PartEncoding;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Makes the bytes of a text file of the rows of a task, compressed apart from those of others: what is left to do in order is
/// to write them. The blocks have no columns; their buffers are the bytes, one after the other.
record TextEncoding(RowFormat format, Compression compression) implements PartEncoding {
    private static final byte[] NO_COLUMNS = {};

    @Override
    public String name() {
        return format.name();
    }

    @Override
    public PartEncoder open(List<DataType> types, Reservation memory) {
        return new Encoder(format, compression, memory);
    }

    private static final class Encoder implements PartEncoder {
        private final RowFormat format;
        private final TextBuffer text = new TextBuffer();
        private final BufferedBytes bytes;
        private final OutputStream out;
        private long rowCount;

        Encoder(RowFormat format, Compression compression, Reservation memory) {
            this.format = format;
            this.bytes = new BufferedBytes(memory);
            try {
                this.out = compression.compressed(bytes);
            } catch (IOException e) {
                throw toMemory(e);
            }
        }

        @Override
        public void write(Batch batch) {
            for (int row = 0; row < batch.rowCount(); row++) {
                format.putRow(text, batch, row);
                if (text.isFull()) {
                    drain();
                }
            }
            rowCount += batch.rowCount();
        }

        private void drain() {
            try {
                text.drainTo(out);
            } catch (IOException e) {
                throw toMemory(e);
            }
        }

        @Override
        public Block finish() {
            if (rowCount == 0) {
                return Block.columns(0, NO_COLUMNS, List.of());
            }
            drain();
            close();
            return Block.columns(rowCount, NO_COLUMNS, bytes.finish());
        }

        /// Gives back what compression holds. A second call does nothing.
        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw toMemory(e);
            }
        }

        private static UncheckedIOException toMemory(IOException cause) {
            return new UncheckedIOException("writing to memory does not fail", cause);
        }
    }

    /// Keeps bytes in buffers of the task. Errors: RESOURCE if it gets no more, a [LazuliException].
    private static final class BufferedBytes extends OutputStream {
        private static final int CHUNK = 1 << 20;

        private final Reservation memory;
        private final List<Buffer> full = new ArrayList<>();
        private final byte[] chunk = new byte[CHUNK];
        private int used;

        BufferedBytes(Reservation memory) {
            this.memory = memory;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            for (int done = 0; done < length;) {
                int count = Math.min(length - done, CHUNK - used);
                System.arraycopy(bytes, from + done, chunk, used, count);
                used += count;
                done += count;
                if (used == CHUNK) {
                    keep();
                }
            }
        }

        private void keep() {
            Buffer buffer = memory.allocate(used);
            MemorySegment.copy(MemorySegment.ofArray(chunk), 0, buffer.segment(), 0, used);
            full.add(buffer);
            used = 0;
        }

        List<Buffer> finish() {
            if (used > 0) {
                keep();
            }
            return full;
        }
    }
}
