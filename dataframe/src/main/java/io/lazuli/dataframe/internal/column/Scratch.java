package io.lazuli.dataframe.internal.column;

import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Short-lived memory of one task: intermediates of the batch in flight. Contents are undefined when handed out and gone at
/// the next [#reset], which whoever drives the pipeline calls between batches.
///
/// Ownership: the chunks are buffers of the task's reservation and go when it closes.
public final class Scratch {
    private static final long CHUNK = 1 << 20;

    private final Reservation memory;
    private final List<Buffer> chunks = new ArrayList<>();
    /// The chunk that is being filled, and the first free byte of it.
    private int current;
    private long used;

    public Scratch(Reservation memory) {
        this.memory = memory;
    }

    /// The task's reservation, for what must outlive the batch in flight.
    public Reservation memory() {
        return memory;
    }

    /// `byteSize` bytes, 64-byte aligned, with undefined contents.
    public MemorySegment allocate(long byteSize) {
        long size = Math.max(64, (byteSize + 63) & -64);
        while (current < chunks.size() && used + size > chunks.get(current).byteSize()) {
            current++;
            used = 0;
        }
        if (current == chunks.size()) {
            chunks.add(memory.allocate(Math.max(size, CHUNK)));
            used = 0;
        }
        MemorySegment piece = chunks.get(current).segment().asSlice(used, byteSize);
        used += size;
        return piece;
    }

    /// Room for the values of `rowCount` rows.
    public MemorySegment values(Kind kind, int rowCount) {
        return allocate(kind.byteSize(rowCount));
    }

    /// A bitmap of undefined bits.
    public MemorySegment bits(int bitCount) {
        return allocate(Bits.byteSize(bitCount));
    }

    /// Takes everything back.
    public void reset() {
        current = 0;
        used = 0;
    }

    /// Takes everything back and gives the memory to others before the task ends.
    public void free() {
        chunks.forEach(memory::free);
        chunks.clear();
        reset();
    }
}
