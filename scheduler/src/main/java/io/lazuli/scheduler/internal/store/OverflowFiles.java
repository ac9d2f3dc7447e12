package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.memory.Overflow;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Files of the spill directory, mapped to be written: what tasks get that need more memory than there is.
///
/// A file is written full of zeros before it is mapped. That claims its place on the disk, so that a disk that is full gives an
/// error here; where it filled up under a mapping, it would kill the process.
///
/// Thread-safe.
final class OverflowFiles implements Overflow {
    private static final int PIECE = 1 << 20;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(PIECE).asReadOnlyBuffer();

    private final SpillDirectory directory;
    private final SpillCounters counters;

    OverflowFiles(SpillDirectory directory, SpillCounters counters) {
        this.directory = directory;
        this.counters = counters;
    }

    @Override
    public Pages map(long byteSize) {
        long start = System.nanoTime();
        try {
            Pages pages = UninterruptedAccess.run(() -> create(byteSize));
            counters.written(byteSize, System.nanoTime() - start);
            return pages;
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), byteSize, e);
        }
    }

    private Pages create(long byteSize) throws IOException {
        try (DiskFile file = directory.disk().create(directory.nextFile())) {
            boolean isClaimed = false;
            Arena arena = Arena.ofShared();
            try {
                directory.claim(byteSize);
                isClaimed = true;
                fill(file, byteSize);
                MemorySegment segment = file.mapToWrite(arena);
                return new Pages(segment, () -> free(file, byteSize, arena));
            } catch (Throwable e) {
                arena.close();
                directory.delete(file.path(), isClaimed ? byteSize : 0);
                throw e;
            }
        }
    }

    private static void fill(DiskFile file, long byteSize) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        for (long position = 0; position < byteSize; ) {
            zeros.clear().limit((int) Math.min(PIECE, byteSize - position));
            position += file.write(zeros, position);
        }
    }

    private void free(DiskFile file, long byteSize, Arena arena) {
        arena.close();
        if (directory.delete(file.path(), byteSize)) {
            counters.deleted(byteSize);
        }
    }
}
