package io.lazuli.dataframe.internal.operator.key;

import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.FileUse;
import io.lazuli.graph.memory.Reservation;
import java.util.Optional;

/// What the state of one task may grow into: the memory of its reservation, less what must be left for writing the state
/// out. Without that, state would take the last byte and then could not be flushed to make room.
public final class StateMemory {
    private final Reservation memory;
    private long keptFree;

    public StateMemory(Reservation memory) {
        this.memory = memory;
    }

    public String owner() {
        return memory.owner();
    }

    /// Whether state may now take files where memory is refused: its owner cannot do with less, and it is kept until this is taken
    /// back. Without effect where there are no files.
    public void insist(boolean insists) {
        FileUse use = insists ? FileUse.INSTEAD_OF_REFUSING : FileUse.INSTEAD_OF_FAILING;
        if (memory.canOverflow()) {
            memory.useFiles(use);
        }
    }

    /// From now on a buffer is refused if fewer than `bytes` would be left for others in this task.
    public void keepFree(long bytes) {
        keptFree = bytes;
    }

    /// A buffer with undefined contents, or empty if the memory is refused.
    ///
    /// Ownership: the reservation's.
    public Optional<Buffer> tryAllocate(long byteSize) {
        // capacities are rounded up by at most a quarter, or to a power of two where they are small
        long needed = byteSize + Math.max(byteSize / 4, Math.min(byteSize, 1 << 16)) + keptFree;
        boolean leavesEnough = memory.headroomBytes() >= needed || memory.tryGrow(needed - memory.headroomBytes());
        return leavesEnough || memory.refusesNothing() ? memory.tryAllocate(byteSize) : Optional.empty();
    }

    /// A buffer out of what was kept free. Errors: RESOURCE if the memory is refused all the same.
    ///
    /// Ownership: the reservation's.
    public Buffer allocate(long byteSize) {
        return memory.allocate(byteSize);
    }

    /// True if so many bytes are left for others in this task.
    public boolean leaves(long bytes) {
        return memory.headroomBytes() >= bytes || memory.tryGrow(bytes - memory.headroomBytes())
                || memory.refusesNothing();
    }

    /// Short-lived memory beside the state.
    public Scratch scratch() {
        return new Scratch(memory);
    }

    public void free(Buffer buffer) {
        memory.free(buffer);
    }
}
