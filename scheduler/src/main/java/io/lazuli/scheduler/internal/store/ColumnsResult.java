package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.util.Optional;

/// Columns in memory outside the heap, in a file, or mapped from it. Once mapped they need no memory, and are not spilled again.
final class ColumnsResult extends SpillableResult {
    private final ColumnSpill home;

    ColumnsResult(ColumnSpill home, Key key, Block block, long order, SpillCounters counters) {
        super(key, block, order, counters);
        this.home = home;
    }

    /// True if writing the block to disk can free memory.
    static boolean canSpill(Block block) {
        for (Buffer buffer : block.buffers()) {
            if (buffer.byteSize() > 0 && !buffer.segment().isMapped()) {
                return true;
            }
        }
        return false;
    }

    /// Writes the block out and lets go of it. If somebody uses it now, does so only if `evenInUse`: its memory is then
    /// freed with the last use, and whoever borrows it later gets the mapped file. Returns the bytes freed at once, or -1 if
    /// nothing was done.
    ///
    /// Errors: RESOURCE if it cannot be written; the result then stays in memory.
    synchronized long spill(SpillDirectory directory, boolean evenInUse) {
        Block written = block;
        if (written == null) {
            return 0;
        }
        boolean inUse = written.references() > 1;
        if (inUse && !evenInUse) {
            return -1;
        }
        try {
            write(() -> Optional.of(SegmentFile.write(directory, key, written)));
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), byteSize(), e);
        }
        long freed = written.buffers().stream()
                .filter(buffer -> !inUse && buffer.references() == 1 && !buffer.segment().isMapped())
                .mapToLong(Buffer::byteSize)
                .sum();
        dropBlock();
        return freed;
    }

    @Override
    Block read(SegmentFile from) throws IOException {
        Block mapped = from.map(counters);
        file = null;
        return mapped;
    }

    @Override
    void loaded() {
        // A mapped block needs no room.
    }

    @Override
    void unlist() {
        home.order().remove(this);
    }

    @Override
    void dropped(boolean wasInMemory) {
        // Its buffers have given their memory back themselves.
    }
}
