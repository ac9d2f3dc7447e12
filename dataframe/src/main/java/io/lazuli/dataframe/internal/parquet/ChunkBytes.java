package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of one column chunk after another, read in windows. Files are read rather than mapped: a mapped file that somebody
/// truncates kills the process.
///
/// Invariant: `from <= to` delimit what is in the window and not yet consumed; the window has [#PADDING] bytes beyond `to`.
final class ChunkBytes extends InputStream {
    /// Bytes after every stretch of data that may be read, though they mean nothing: decoders load whole words.
    static final int PADDING = 64;

    private static final int WINDOW = 256 << 10;

    private final FileChannel channel;
    private final Room window;
    private MemorySegment segment = MemorySegment.NULL;
    private long from;
    private long to;
    /// Position in the file of what comes after the window, and the end of the chunk.
    private long position;
    private long end;

    ChunkBytes(FileChannel channel, Reservation memory) {
        this.channel = channel;
        this.window = new Room(memory);
    }

    /// Goes to the start of a chunk.
    void start(long offset, long byteSize) {
        position = offset;
        end = offset + byteSize;
        from = 0;
        to = 0;
    }

    /// The next `byteSize` bytes.
    ///
    /// Ownership: borrowed until the next call of any method.
    MemorySegment take(int byteSize) throws IOException {
        if (byteSize < 0) {
            throw new IOException("negative page size " + byteSize);
        }
        fill(byteSize);
        MemorySegment taken = segment.asSlice(from, byteSize + (long) PADDING);
        from += byteSize;
        return taken;
    }

    @Override
    public int read() throws IOException {
        if (from == to && position == end) {
            return -1;
        }
        fill(1);
        return segment.get(Layouts.BYTE, from++) & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (from == to && position == end) {
            return -1;
        }
        fill(1);
        int count = (int) Math.min(length, to - from);
        MemorySegment.copy(segment, Layouts.BYTE, from, bytes, offset, count);
        from += count;
        return count;
    }

    /// Makes `byteSize` bytes available in one piece.
    private void fill(int byteSize) throws IOException {
        if (to - from >= byteSize) {
            return;
        }
        if (byteSize - (to - from) > end - position) {
            throw new EOFException("a page of " + byteSize + " bytes goes beyond the end of its column chunk");
        }
        long kept = to - from;
        if (kept > 0) {
            MemorySegment.copy(segment, from, segment, 0, kept);
        }
        long wanted = Math.min(Math.max(byteSize, WINDOW), kept + end - position);
        segment = window.grown(Math.max(wanted, WINDOW) + PADDING, kept);
        from = 0;
        to = kept;
        while (to < wanted) {
            ByteBuffer target = segment.asSlice(to, wanted - to).asByteBuffer();
            int count = channel.read(target, position);
            if (count < 0) {
                throw new EOFException("the file ends at " + position + " where more was expected");
            }
            position += count;
            to += count;
        }
    }

    @Override
    public void close() {
        window.close();
    }
}
