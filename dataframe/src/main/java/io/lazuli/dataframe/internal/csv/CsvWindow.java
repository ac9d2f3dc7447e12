package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/// A window that moves over a range of a file. Read rather than mapped: the bytes are parsed while they are in cache, quoted
/// texts are unescaped in place, and a file that is cut off under our hands is an error rather than a crash.
///
/// Invariant: `from <= to` delimit what was read and not consumed; it is followed by [#PADDING] bytes, eight of them zero.
final class CsvWindow implements AutoCloseable {
    private static final int SIZE = 1 << 20;
    /// Below this, the window moves on before a batch is scanned.
    private static final int LOW = SIZE / 4;
    private static final int PADDING = 64;

    private final FileChannel channel;
    private final Room room;
    private final long end;
    private MemorySegment bytes = MemorySegment.NULL;
    private long from;
    private long to;
    /// Position in the file of what comes after `to`.
    private long position;
    /// Whether the last byte before `to` is a line break that the file lacks.
    private boolean isEnded;

    CsvWindow(FileChannel channel, long start, long end, Reservation memory) {
        this.channel = channel;
        this.room = new Room(memory);
        this.position = start;
        this.end = end;
    }

    MemorySegment bytes() {
        return bytes;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    void consumeTo(long offset) {
        from = offset;
    }

    /// Position in the file of offset 0.
    long start() {
        return position - (isEnded ? to - 1 : to);
    }

    boolean isLast() {
        return position == end;
    }

    boolean isLow() {
        return to - from < LOW && !isLast();
    }

    /// Moves on: what is left goes to the front and new bytes follow. Where nothing was consumed, the window grows.
    void move() throws IOException {
        long kept = to - from;
        if (kept > 0 && from > 0) {
            MemorySegment.copy(bytes, from, bytes, 0, kept);
        }
        long size = Math.max(SIZE, 2 * kept);
        if (size > Fields.END) {
            throw new IOException("a record is longer than 512 MiB");
        }
        bytes = room.grown(size + PADDING, kept);
        from = 0;
        to = kept;
        fill(Math.min(size, kept + end - position));
        bytes.set(Layouts.LONG, to, 0);
    }

    private void fill(long wanted) throws IOException {
        while (to < wanted) {
            int count = channel.read(bytes.asSlice(to, wanted - to).asByteBuffer(), position);
            if (count < 0) {
                throw new EOFException("the file ends at " + position + " where more was expected");
            }
            position += count;
            to += count;
        }
    }

    /// Adds the line break that the last line may lack. To be called when [#isLast].
    void endLine() {
        if (to > from && bytes.get(Layouts.BYTE, to - 1) != '\n') {
            bytes.set(Layouts.BYTE, to, (byte) '\n');
            bytes.set(Layouts.LONG, to + 1, 0);
            to++;
            isEnded = true;
        }
    }

    @Override
    public void close() {
        room.close();
    }
}
