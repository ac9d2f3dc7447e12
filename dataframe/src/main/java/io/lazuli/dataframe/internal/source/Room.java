package io.lazuli.dataframe.internal.source;

import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.Reservation;
import java.lang.foreign.MemorySegment;

/// A buffer of the task's reservation that is replaced by a larger one when more room is needed.
///
/// Ownership: the reservation's; [#close] gives it back early.
public final class Room implements AutoCloseable {
    private final Reservation memory;
    /// Null before the first use and after [#close].
    private Buffer buffer;

    public Room(Reservation memory) {
        this.memory = memory;
    }

    /// At least `byteSize` bytes with undefined contents.
    public MemorySegment atLeast(long byteSize) {
        if (buffer == null || buffer.byteSize() < byteSize) {
            close();
            buffer = memory.allocate(byteSize);
        }
        return buffer.segment();
    }

    /// At least `byteSize` bytes, of which the first `kept` are as before; grows by doubling.
    public MemorySegment grown(long byteSize, long kept) {
        if (buffer == null) {
            return atLeast(byteSize);
        }
        if (buffer.byteSize() < byteSize) {
            Buffer bigger = memory.allocate(Math.max(byteSize, 2 * buffer.byteSize()));
            MemorySegment.copy(buffer.segment(), 0, bigger.segment(), 0, kept);
            close();
            buffer = bigger;
        }
        return buffer.segment();
    }

    @Override
    public void close() {
        if (buffer != null) {
            memory.free(buffer);
            buffer = null;
        }
    }
}
