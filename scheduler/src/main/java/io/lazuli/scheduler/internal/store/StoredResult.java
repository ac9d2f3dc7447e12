package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One result: in memory, in a segment file, or mapped from one.
///
/// ```
///   block ---spill---> file ---borrow---> block over the mapped file
/// ```
///
/// Has one holder for each name it goes by (a task id of a job, a persisted layer); the last release drops it. Thread-safe.
public final class StoredResult {
    private final ColdestFirst coldest;
    private final Key key;
    private final LongAdder spilledBytes;
    private final long rowCount;
    private final long byteSize;
    /// This result's own reference; null while it is only in `file`, and after the end.
    private @Nullable Block block;
    /// Not null while the result is only there.
    private @Nullable SegmentFile file;
    /// Names it goes by; at zero it is gone.
    private int holders = 1;

    /// Neighbours among the results that may be spilled; guarded by `coldest`, null if not there.
    @Nullable
    StoredResult colder;
    @Nullable
    StoredResult warmer;
    boolean isListed;
    /// Set before the result is taken off the list for good.
    volatile boolean isGone;

    StoredResult(ColdestFirst coldest, Key key, Block block, LongAdder spilledBytes) {
        this.coldest = coldest;
        this.key = key;
        this.block = block;
        this.spilledBytes = spilledBytes;
        this.rowCount = block.rowCount();
        this.byteSize = block.byteSize();
    }

    public long rowCount() {
        return rowCount;
    }

    public long byteSize() {
        return byteSize;
    }

    /// Ownership: the caller releases what it gets. Errors: DATA if the result was spilled and cannot be read back; here is
    /// the place to have it computed again.
    public synchronized Block borrow() {
        if (block == null) {
            if (file == null) {
                throw new IllegalStateException("result " + key + " is borrowed after its last release");
            }
            try {
                block = file.map();
            } catch (LazuliException e) {
                throw new LostResultException(key, file.path(), String.valueOf(e.getMessage()));
            }
            file = null;
        }
        return block.retain();
    }

    public synchronized StoredResult retain() {
        if (holders == 0) {
            throw new IllegalStateException("result " + key + " is retained after its last release");
        }
        holders++;
        return this;
    }

    public void release() {
        Block lastBlock;
        SegmentFile lastFile;
        synchronized (this) {
            if (--holders > 0) {
                return;
            }
            lastBlock = block;
            lastFile = file;
            block = null;
            file = null;
            isGone = true;
        }
        coldest.remove(this);
        if (lastBlock != null) {
            lastBlock.release();
        }
        if (lastFile != null) {
            lastFile.delete();
        }
    }

    /// True if the block may be written to disk at all.
    static boolean canSpill(Block block) {
        return block.kind() == Block.Kind.COLUMNS
                && block.buffers().stream().anyMatch(buffer -> buffer.byteSize() > 0 && !buffer.segment().isMapped());
    }

    /// Writes the block out and lets go of it. If somebody uses it now, does so only if `evenInUse`: its memory is then
    /// freed with the last use, and whoever borrows it later gets the mapped file. Returns the bytes freed at once, or -1 if
    /// nothing was done.
    ///
    /// Errors: RESOURCE if it cannot be written; the result then stays in memory.
    synchronized long spill(SpillDirectory directory, boolean evenInUse) {
        if (block == null) {
            return 0;
        }
        boolean inUse = block.references() > 1;
        if (inUse && !evenInUse) {
            return -1;
        }
        try {
            file = SegmentFile.write(directory.nextFile(), key, block);
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), byteSize, e);
        }
        spilledBytes.add(file.bytes());
        long freed = block.buffers().stream()
                .filter(buffer -> !inUse && buffer.references() == 1 && !buffer.segment().isMapped())
                .mapToLong(Buffer::byteSize)
                .sum();
        block.release();
        block = null;
        return freed;
    }
}
