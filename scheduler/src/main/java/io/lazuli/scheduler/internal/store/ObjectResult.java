package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Operation;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// An object of this process, which is never spilled: it can only be rebuilt. Others get what its operation packs it into, which is
/// written once.
final class ObjectResult extends StoredResult {
    private final Block block;
    private final SpillDirectory directory;
    private final SpillCounters counters;
    /// What others get; null until one asks for it, and if that is small.
    private @Nullable SegmentFile packed;

    ObjectResult(SpillDirectory directory, Key key, Block block, SpillCounters counters) {
        super(key, block);
        this.block = block;
        this.directory = directory;
        this.counters = counters;
    }

    @Override
    public Block borrow() {
        if (isGone()) {
            throw usedWhenGone();
        }
        return block.retain();
    }

    @Override
    synchronized ExportedResult.Form exported(Operation maker) {
        if (packed != null) {
            return ExportedResult.InFile.of(packed);
        }
        Block columns = maker.pack(block);
        try {
            if (columns.byteSize() <= ExportedResult.INLINE_BYTES) {
                return new ExportedResult.Inline(SegmentBytes.of(Block.Kind.OBJECT, key, columns).bytes());
            }
            packed = counters.countExport(() -> SegmentFile.write(directory, Block.Kind.OBJECT, key, columns));
            return ExportedResult.InFile.of(packed);
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), columns.byteSize(), e);
        } finally {
            columns.release();
        }
    }

    @Override
    long[] cuts() {
        return block.cuts();
    }

    @Override
    synchronized void drop() {
        block.release();
        if (packed != null) {
            packed.delete(counters);
            packed = null;
        }
    }
}
