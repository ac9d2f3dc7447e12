package io.lazuli.scheduler.internal.store;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// How much one engine may write: a limit of its own, and a rest of the disk that is left to others. Thread-safe.
///
/// The rest is 1 GiB or, on disks below 20 GiB, a twentieth: a disk that is full to the last byte stops more than this engine.
///
/// Invariant: `0 <= usedBytes() <= limit`.
final class SpillSpace {
    private static final long LARGEST_REST = 1L << 30;
    private static final int REST_SHARE = 20;

    private final Disk disk;
    private final Path parent;
    private final long limit;
    /// Bytes of files that exist or are being written.
    private final AtomicLong used = new AtomicLong();

    SpillSpace(Disk disk, Path parent, long limit) {
        this.disk = disk;
        this.parent = parent;
        this.limit = limit;
    }

    /// Takes `bytes` for a file in `directory`, to be given back when they are not on disk any more. Errors: RESOURCE if the
    /// limit or the disk does not allow it.
    void claim(Path directory, long bytes) throws IOException {
        long before = used.getAndUpdate(now -> bytes > limit - now ? now : now + bytes);
        if (bytes > limit - before) {
            throw Errors.spillLimitReached(parent, bytes, before, limit);
        }
        try {
            Disk.Space space = disk.space(directory);
            long rest = Math.min(LARGEST_REST, space.totalBytes() / REST_SHARE);
            if (bytes > space.freeBytes() - rest) {
                throw Errors.spillDiskFull(parent, bytes, space.freeBytes(), rest);
            }
        } catch (Throwable e) {
            giveBack(bytes);
            throw e;
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long usedBytes() {
        return used.get();
    }
}
