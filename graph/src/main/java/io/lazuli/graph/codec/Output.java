package io.lazuli.graph.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Little-endian numbers on their way to a stream, in chunks.
final class Output {
    /// To begin with: most values are small, and to clear a large chunk takes longer than to fill a small one.
    private static final int FIRST_BYTES = 512;
    private static final int LARGEST_BYTES = 1 << 16;

    private final OutputStream sink;
    private byte[] chunk = new byte[FIRST_BYTES];
    /// All of `chunk`.
    private MemorySegment segment = MemorySegment.ofArray(chunk);

    /// Bytes of `chunk` that are not in `sink` yet.
    private int used;

    /// Bytes that are done with: given to `sink`, or skipped.
    private long flushed;

    /// The first bytes, which `sink` has already.
    private final long skipped;

    Output(OutputStream sink) {
        this(sink, 0);
    }

    private Output(OutputStream sink, long skipped) {
        this.sink = sink;
        this.skipped = skipped;
    }

    /// Writes the same once more from the start, and more: `sink` gets what it does not have.
    Output again() {
        return new Output(sink, flushed);
    }

    /// Bytes written so far.
    long position() {
        return flushed + used;
    }

    void putByte(int value) {
        room(1);
        chunk[used++] = (byte) value;
    }

    void putInt(int value) {
        room(Integer.BYTES);
        segment.set(Layouts.INT, used, value);
        used += Integer.BYTES;
    }

    void putLong(long value) {
        room(Long.BYTES);
        segment.set(Layouts.LONG, used, value);
        used += Long.BYTES;
    }

    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    void putCount(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            chunk[used++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        chunk[used++] = (byte) rest;
    }

    /// As [#putCount], so that numbers near 0 are short, also negative ones.
    void putNumber(long value) {
        putCount(value << 1 ^ value >> 63);
    }

    /// Length and characters: a byte each if all are below U+0100, else two.
    void putText(String text) {
        boolean wide = isWide(text);
        putCount((long) text.length() << 1 | (wide ? 1 : 0));
        if (wide) {
            putArray(text.toCharArray(), text.length(), Layouts.CHAR);
        } else {
            putNarrow(text);
        }
    }

    private static boolean isWide(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("deprecation") // takes the low byte of each character: all there is here, and without a copy
    private void putNarrow(String text) {
        int done = 0;
        while (done < text.length()) {
            room(1);
            int count = Math.min(text.length() - done, chunk.length - used);
            text.getBytes(done, done + count, chunk, used);
            used += count;
            done += count;
        }
    }

    /// All elements of a primitive array, in the order of `layout`.
    void putArray(Object array, int length, ValueLayout layout) {
        int elementBytes = (int) layout.byteSize();
        int done = 0;
        while (done < length) {
            room(elementBytes);
            int count = Math.min(length - done, (chunk.length - used) / elementBytes);
            MemorySegment.copy(array, done, segment, layout, used, count);
            used += count * elementBytes;
            done += count;
        }
    }

    /// @param bytes far less than a chunk
    private void room(int bytes) {
        if (used + bytes <= chunk.length) {
            return;
        }
        if (chunk.length < LARGEST_BYTES) {
            chunk = Arrays.copyOf(chunk, 2 * chunk.length);
            segment = MemorySegment.ofArray(chunk);
        } else {
            flush();
        }
    }

    /// Gives everything to the sink. Errors: UncheckedIOException as the sink fails.
    void flush() {
        int known = (int) Math.clamp(skipped - flushed, 0, used);
        try {
            sink.write(chunk, known, used - known);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        flushed += used;
        used = 0;
    }
}
