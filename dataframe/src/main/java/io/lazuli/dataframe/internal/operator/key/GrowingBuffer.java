package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// State that grows with the data: a stretch of native memory that at least doubles when it grows.
///
/// Ownership: the buffer belongs to the task's reservation; growing frees the old one.
public final class GrowingBuffer {
    private final StateMemory memory;
    /// Empty until the first byte is asked for.
    private Optional<Buffer> buffer = Optional.empty();
    private MemorySegment segment = MemorySegment.NULL;

    public GrowingBuffer(StateMemory memory) {
        this.memory = memory;
    }

    /// The memory; borrowed until the next growth. Bytes that were never written are undefined.
    public MemorySegment segment() {
        return segment;
    }

    /// The memory as a buffer, for blocks that keep it; empty if there is none.
    public Optional<Buffer> buffer() {
        return buffer;
    }

    /// Makes room for `byteSize` bytes in all and keeps the contents; false if the memory is refused, nothing changed.
    public boolean tryReserve(long byteSize) {
        if (byteSize <= segment.byteSize()) {
            return true;
        }
        Optional<Buffer> bigger = memory.tryAllocate(Math.max(byteSize, 2 * segment.byteSize()));
        if (bigger.isEmpty()) {
            bigger = memory.tryAllocate(byteSize);
        }
        bigger.ifPresent(this::moveTo);
        return bigger.isPresent();
    }

    /// Gives the memory back before the task ends.
    public void free() {
        buffer.ifPresent(memory::free);
        buffer = Optional.empty();
        segment = MemorySegment.NULL;
    }

    private void moveTo(Buffer bigger) {
        MemorySegment.copy(segment, 0, bigger.segment(), 0, segment.byteSize());
        free();
        buffer = Optional.of(bigger);
        segment = bigger.segment();
    }
}
