package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Columns in memory outside the heap, in a file, or mapped from it. Once mapped they need no memory, and are not spilled again.
final class ColumnsResult extends SpillableResult {
    private final ColumnSpill home;
    /// The file that `block` is mapped from and that goes with it; null if it is in memory, or mapped from elsewhere.
    private @Nullable SegmentFile mapped;

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
        if (written == null || mapped != null) {
            return 0;
        }
        boolean inUse = written.references() > 1;
        if (inUse && !evenInUse) {
            return -1;
        }
        write(written, directory, counters::count);
        long freed = written.buffers().stream()
                .filter(buffer -> !inUse && buffer.references() == 1 && !buffer.segment().isMapped())
                .mapToLong(Buffer::byteSize)
                .sum();
        dropBlock();
        return freed;
    }

    private interface Counting {
        SegmentFile count(UninterruptedAccess.Access<SegmentFile> write) throws IOException;
    }

    private void write(Block columns, SpillDirectory directory, Counting counting) {
        try {
            file = counting.count(() -> SegmentFile.write(directory, Block.Kind.COLUMNS, key, columns));
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), byteSize(), e);
        }
    }

    @Override
    synchronized ExportedResult.Form exported(Operation maker) {
        if (mapped != null) {
            return ExportedResult.InFile.of(mapped);
        }
        Block columns = block;
        if (columns != null && byteSize() <= ExportedResult.INLINE_BYTES) {
            return new ExportedResult.Inline(SegmentBytes.of(Block.Kind.COLUMNS, key, columns).bytes());
        }
        if (columns != null) {
            write(columns, home.directory(), counters::countExport);
            dropBlock();
        }
        return ExportedResult.InFile.of(existing());
    }

    @Override
    Block read(SegmentFile from) throws IOException {
        Block read = from.map(counters);
        file = null;
        mapped = from;
        return read;
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
