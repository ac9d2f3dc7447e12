package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
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

    private Block load() {
        if (lost != null) {
            throw new LostResultException(key, lost.file().path(), lost.why(), lost.cause());
        }
        if (isGone()) {
            throw usedWhenGone();
        }
        SegmentFile from = Objects.requireNonNull(file, "what is not in memory is in a file");
        long start = System.nanoTime();
        try {
            Block loaded = UninterruptedAccess.run(() -> read(from));
            counters.read(from.bytes(), System.nanoTime() - start);
            return loaded;
        } catch (IOException | RuntimeException | LinkageError e) {
            file = null;
            from.delete(counters);
            lost = new Loss(from, reason(e), e);
            counters.lost();
            throw new LostResultException(key, from.path(), lost.why(), e);
        }
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case DamagedFileException damaged -> String.valueOf(damaged.getMessage());
            case NoSuchFileException _ -> "it is gone";
            case LazuliException undecodable -> String.valueOf(undecodable.getMessage());
            default -> failure.toString();
        };
    }

    /// The result in memory, from a file that is verified now. Errors: what is wrong with the file.
    abstract Block read(SegmentFile from) throws IOException;

    /// Called after [#read], without the lock.
    abstract void loaded();

    /// Keeps what `write` has made, if anything, and counts it.
    final void write(UninterruptedAccess.Access<Optional<SegmentFile>> write) throws IOException {
        long start = System.nanoTime();
        Optional<SegmentFile> written = UninterruptedAccess.run(write);
        written.ifPresent(made -> {
            file = made;
            counters.written(made.bytes(), System.nanoTime() - start);
        });
    }

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
