package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of one column chunk after another, read in windows. Files are read rather than mapped: a mapped file that
/// somebody truncates kills the process.
///
/// Invariant: `from <= to` delimit what is in the window and not yet consumed; the window has [#PADDING] bytes beyond
/// `to`.
final class ChunkBytes implements AutoCloseable {
    /// Bytes after every stretch of data that may be read, though they mean nothing: decoders load whole words.
    static final int PADDING = 64;

    private static final int WINDOW = 256 << 10;
    /// A page header is a few dozen bytes, unless it holds statistics of long texts.
    private static final int FIRST_LOOK = 1 << 10;
    private static final int LONGEST_HEADER = 16 << 20;

    private final FileChannel channel;
    private final Room window;
    private MemorySegment segment = MemorySegment.NULL;
    private long from;
    private long to;
    /// Position in the file of what comes after the window, and the end of the chunk.
    private long position;
    private long end;
    /// Bytes to read at once at least: few after a page that was passed over, as the next one may be, too.
    private int ahead = WINDOW;

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
        ahead = WINDOW;
    }

    /// The next `byteSize` bytes.
    ///
    /// Ownership: borrowed until the next call of any method.
    MemorySegment take(int byteSize) throws IOException {
        ahead = WINDOW;
        fill(byteSize);
        MemorySegment taken = segment.asSlice(from, byteSize + (long) PADDING);
        from += byteSize;
        return taken;
    }

    /// The header that stands here. Errors: IOException if the chunk ends within it or it is absurdly long.
    PageHeader header() throws IOException {
        for (long wanted = Math.min(FIRST_LOOK, remaining()); ; wanted = Math.min(2 * wanted, remaining())) {
            fill((int) wanted);
            try {
                ThriftReader in = new ThriftReader(segment, from, to);
                PageHeader header = PageHeader.read(in);
                from = in.position();
                return header;
            } catch (ThriftReader.Truncated e) {
                if (to - from == remaining()) {
                    throw new EOFException("the column chunk ends within a page header");
                }
                if (wanted >= LONGEST_HEADER) {
                    throw new IOException("a page header of more than " + LONGEST_HEADER + " bytes", e);
                }
            }
        }
    }

    /// Bytes up to the end of the chunk.
    long remaining() {
        return to - from + end - position;
    }

    /// Passes over bytes, most of which are then never read.
    void skip(int byteSize) throws IOException {
        if (byteSize > remaining()) {
            throw beyondEnd(byteSize);
        }
        long inWindow = Math.min(byteSize, to - from);
        from += inWindow;
        position += byteSize - inWindow;
        ahead = inWindow < byteSize ? FIRST_LOOK : ahead;
    }

    private static EOFException beyondEnd(int byteSize) {
        return new EOFException("a page of " + byteSize + " bytes goes beyond the end of its column chunk");
    }

    /// Makes `byteSize` bytes available in one piece.
    private void fill(int byteSize) throws IOException {
        if (to - from >= byteSize) {
            return;
        }
        if (byteSize - (to - from) > end - position) {
            throw beyondEnd(byteSize);
        }
        long kept = to - from;
        if (kept > 0) {
            MemorySegment.copy(segment, from, segment, 0, kept);
        }
        long wanted = Math.min(Math.max(byteSize, ahead), kept + end - position);
        segment = window.grown(wanted + PADDING, kept);
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
