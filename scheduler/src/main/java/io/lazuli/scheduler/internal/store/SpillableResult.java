package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A result that may be written to disk.
///
/// ```
///   block ---spill---> file ---borrow---> block        (a mapped block owns its file, a decoded one may go back to it)
///                          \---borrow---> lost         (the file was gone or damaged)
/// ```
///
/// Invariant: until the last release, exactly one of `block`, `lost` and a `file` without them is there to answer [#borrow].
abstract sealed class SpillableResult extends StoredResult permits ColumnsResult, ValueResult {
    /// When it is needed: higher is later.
    final long order;
    final SpillCounters counters;
    /// Those that it came with, whatever its file says later.
    private final long[] cuts;
    /// Its part of the [SpillOrder] and its number there; set when it is first added, before others see it.
    int part;
    long arrival;
    /// Its place in that part, guarded by it; negative if it is not there.
    int place = -1;

    /// This result's own reference; null while it is only on disk, and after the end.
    @Nullable
    Block block;
    /// What was written, if it is still there and not mapped.
    @Nullable
    SegmentFile file;
    /// What became of the file; null as long as all is well.
    private @Nullable Loss lost;

    private record Loss(SegmentFile file, String why, Throwable cause) {}

    SpillableResult(Key key, Block block, long order, SpillCounters counters) {
        super(key, block);
        this.block = block;
        this.order = order;
        this.counters = counters;
        this.cuts = block.cuts();
    }

    @Override
    final long[] cuts() {
        return cuts;
    }

    @Override
    public final Block borrow() {
        Block borrowed;
        synchronized (this) {
            if (block != null) {
                return block.retain();
            }
            block = load();
            borrowed = block.retain();
        }
        // Without the lock: it may make room by spilling others.
        loaded();
        return borrowed;
    }

    /// The file that it is in, if it is not in memory. Errors: LostResultException; IllegalStateException after the last release.
    final SegmentFile existing() {
        if (lost != null) {
            throw LostResultException.spilled(key, lost.file().path(), lost.why(), lost.cause());
        }
        if (isGone()) {
            throw usedWhenGone();
        }
        return Objects.requireNonNull(file, "what is not in memory is in a file");
    }

    private Block load() {
        SegmentFile from = existing();
        long start = System.nanoTime();
        try {
            Block loaded = UninterruptedAccess.run(() -> read(from));
            counters.read(from.bytes(), System.nanoTime() - start);
            return loaded;
        } catch (IOException | RuntimeException | LinkageError e) {
            file = null;
            from.delete(counters);
            lost = new Loss(from, LostResultException.reason(e), e);
            counters.lost();
            throw LostResultException.spilled(key, from.path(), lost.why(), e);
        }
    }

    /// The result in memory, from a file that is verified now. Errors: what is wrong with the file.
    abstract Block read(SegmentFile from) throws IOException;

    /// Called after [#read], without the lock.
    abstract void loaded();

    /// Lets go of the block without asking who else uses it.
    final void dropBlock() {
        if (block != null) {
            block.release();
            block = null;
        }
    }

    @Override
    final void drop() {
        unlist();
        synchronized (this) {
            boolean inMemory = block != null;
            dropBlock();
            if (file != null) {
                file.delete(counters);
                file = null;
            }
            dropped(inMemory);
        }
    }

    /// Takes it out of its [SpillOrder].
    abstract void unlist();

    /// Called with the lock held, when everything has been let go.
    abstract void dropped(boolean wasInMemory);
}
