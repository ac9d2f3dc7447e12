package io.lazuli.dataframe.internal.parquet;

import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A part of a file in memory, which grows at its end: in pieces, so that what is there never moves.
///
/// Ownership: the reservation's; [#close] gives it back early.
final class EncodedBytes implements AutoCloseable {
    private static final long FIRST = 1 << 18;
    private static final long LARGEST = 1 << 23;

    private final Reservation memory;
    /// One behind the other; all but the last are full.
    private final List<Buffer> pieces = new ArrayList<>();
    /// Bytes of the last piece that are used.
    private long used;
    /// Bytes of all pieces that are used.
    private long size;

    EncodedBytes(Reservation memory) {
        this.memory = memory;
    }

    long size() {
        return size;
    }

    /// What was written so far, one piece behind the other.
    ///
    /// Ownership: borrowed until more is written.
    List<MemorySegment> segments() {
        return used().stream().map(Buffer::segment).toList();
    }

    /// What was written so far, for a block. The bytes must not be used afterwards.
    List<Buffer> finish() {
        return used();
    }

    private List<Buffer> used() {
        List<Buffer> all = new ArrayList<>(pieces);
        if (!all.isEmpty()) {
            all.add(all.removeLast().slice(0, used));
        }
        return all;
    }

    void put(byte[] bytes) {
        put(MemorySegment.ofArray(bytes), bytes.length);
    }

    void put(MemorySegment bytes, long count) {
        for (long done = 0; done < count;) {
            Buffer last = lastWithRoom(count - done);
            long length = Math.min(count - done, last.byteSize() - used);
            MemorySegment.copy(bytes, done, last.segment(), used, length);
            used += length;
            done += length;
        }
        size += count;
    }

    private Buffer lastWithRoom(long wanted) {
        if (pieces.isEmpty() || used == pieces.getLast().byteSize()) {
            // small where little comes, and never more than a piece too much
            pieces.add(memory.allocate(Math.clamp(Math.max(wanted, size), FIRST, LARGEST)));
            used = 0;
        }
        return pieces.getLast();
    }

    /// Begins again, with some of the memory that there is.
    void clear() {
        while (pieces.size() > 1) {
            memory.free(pieces.removeFirst());
        }
        used = 0;
        size = 0;
    }

    @Override
    public void close() {
        pieces.forEach(memory::free);
        pieces.clear();
    }
}
