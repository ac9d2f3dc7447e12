package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.Room;
import io.lazuli.graph.memory.Reservation;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// A window that moves over a part of a file. Read rather than mapped: the bytes are parsed while they are in cache,
/// texts are unescaped in place, and a file that is cut off under our hands is an error rather than a crash.
///
/// Invariant: `from <= to` delimit what was read and not consumed; it is followed by [#PADDING] bytes, eight of them
/// zero.
final class TextWindow implements AutoCloseable {
    /// Bytes that may be loaded beyond the last one.
    static final int PADDING = 128;

    private static final int SIZE = 1 << 20;
    /// Below this, the window moves on before a batch is scanned.
    private static final int LOW = SIZE / 4;

    private final TextFile file;
    private final TextInput input;
    private final Room room;
    private final int mostBytes;
    private MemorySegment bytes = MemorySegment.NULL;
    private long from;
    private long to;
    /// Whether the last byte before `to` is a line break that the file lacks.
    private boolean isEnded;

    /// @param mostBytes bytes of the longest record that is read
    TextWindow(TextFile file, long start, long end, int mostBytes, Reservation memory) {
        this.file = file;
        this.input = file.open(start, end);
        this.room = new Room(memory);
        this.mostBytes = mostBytes;
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
        return input.position() - (isEnded ? to - 1 : to);
    }

    /// Whether nothing comes after `to`.
    boolean isLast() {
        return input.isAtEnd();
    }

    boolean isLow() {
        return to - from < LOW && !isLast();
    }

    /// Whether what is left is as long as a record may be.
    boolean isFull() {
        return to - from >= mostBytes;
    }

    /// Moves on: what is left goes to the front and new bytes follow. Where nothing was consumed, the window grows; not to
    /// be called if it [#isFull].
    void move() {
        long kept = to - from;
        if (kept > 0 && from > 0) {
            MemorySegment.copy(bytes, from, bytes, 0, kept);
        }
        long size = Math.max(Math.min(SIZE, mostBytes), Math.min(2 * kept, mostBytes));
        bytes = room.grown(size + PADDING, kept);
        from = 0;
        to = kept;
        fill(size);
        if (isLast()) {
            endLine();
        }
        bytes.set(Layouts.LONG, to, 0);
    }

    private void fill(long size) {
        try {
            while (to < size && !input.isAtEnd()) {
                to += Math.max(0, input.read(bytes, to, size - to));
            }
        } catch (IOException e) {
            throw TextErrors.unreadable(file.path(), e);
        }
    }

    /// Adds the line break that the last line may lack.
    private void endLine() {
        input.checkUnchanged();
        if (to > from && bytes.get(Layouts.BYTE, to - 1) != file.lineEnd() && !isEnded) {
            bytes.set(Layouts.BYTE, to++, file.lineEnd());
            isEnded = true;
        }
    }

    /// Errors: DATA if the file was changed since the plan was built.
    void checkUnchanged() {
        input.checkUnchanged();
    }

    @Override
    public void close() {
        try (room) {
            input.close();
        }
    }
}
