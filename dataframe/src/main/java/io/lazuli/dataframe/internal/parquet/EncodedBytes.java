package io.lazuli.dataframe.internal.parquet;

import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A piece of a file in memory, which grows at its end.
///
/// Ownership: the reservation's; [#close] gives it back early.
final class EncodedBytes implements AutoCloseable {
    private static final long FIRST = 1 << 20;

    private final Reservation memory;
    /// Null before the first byte.
    private @Nullable Buffer buffer;
    private long size;

    EncodedBytes(Reservation memory) {
        this.memory = memory;
    }

    long size() {
        return size;
    }

    /// What was written so far.
    ///
    /// Ownership: borrowed until more is written.
    MemorySegment segment() {
        return buffer == null ? MemorySegment.NULL : buffer.segment().asSlice(0, size);
    }

    /// What was written so far, for a block. The bytes must not be used afterwards.
    Buffer finish() {
        Buffer all = buffer == null ? memory.allocate(0) : buffer;
        return all.slice(0, size);
    }

    void put(byte[] bytes) {
        put(MemorySegment.ofArray(bytes), bytes.length);
    }

    void put(MemorySegment bytes, long count) {
        MemorySegment.copy(bytes, 0, reserve(count), size, count);
        size += count;
    }

    /// Begins again, with the memory that there is.
    void clear() {
        size = 0;
    }

    private MemorySegment reserve(long count) {
        Buffer old = buffer;
        if (old != null && size + count <= old.byteSize()) {
            return old.segment();
        }
        Buffer bigger = memory.allocate(Math.max(size + count, old == null ? FIRST : 2 * old.byteSize()));
        if (old != null) {
            MemorySegment.copy(old.segment(), 0, bigger.segment(), 0, size);
            memory.free(old);
        }
        buffer = bigger;
        return bigger.segment();
    }

    @Override
    public void close() {
        if (buffer != null) {
            memory.free(buffer);
            buffer = null;
        }
    }
}
