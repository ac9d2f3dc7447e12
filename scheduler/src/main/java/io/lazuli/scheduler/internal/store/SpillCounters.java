package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What spilling has done since the start, and what is on disk now, exported results among it, of one job or of a whole store: a job's events count for its
/// store too. Thread-safe, and cheap to write and read at any time.
public final class SpillCounters {
    private final @Nullable SpillCounters total;
    private final LongAdder filesWritten = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder bytesExported = new LongAdder();
    private final LongAdder filesExported = new LongAdder();
    private final LongAdder writeNanos = new LongAdder();
    private final LongAdder filesRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder readNanos = new LongAdder();
    private final LongAdder resultsLost = new LongAdder();
    private final LongAdder filesDeleted = new LongAdder();
    private final LongAdder bytesDeleted = new LongAdder();
    private final LongAdder overflows = new LongAdder();

    private SpillCounters(@Nullable SpillCounters total) {
        this.total = total;
    }

    /// Counters of a store.
    public static SpillCounters create() {
        return new SpillCounters(null);
    }

    /// Counters of a part, whose events are counted here as well.
    public SpillCounters part() {
        return new SpillCounters(this);
    }

    /// Numbers at one moment, each by itself: while others count, they need not fit together.
    ///
    /// @param filesWritten results that were written
    /// @param writeNanos   time that threads spent on it
    /// @param filesRead    results that were read back: mapped, or decoded
    /// @param resultsLost  results whose file was gone or damaged
    /// @param filesExported results that were written for another process, or came from one
    public record Totals(
            long filesWritten, long bytesWritten, long writeNanos, long filesRead, long bytesRead, long readNanos,
            long resultsLost, long filesExported) {}

    public Totals totals() {
        return new Totals(
                filesWritten.sum(), bytesWritten.sum(), writeNanos.sum(), filesRead.sum(), bytesRead.sum(),
                readNanos.sum(), resultsLost.sum(), filesExported.sum());
    }

    public long bytesWritten() {
        return bytesWritten.sum();
    }

    public long bytesRead() {
        return bytesRead.sum();
    }

    /// Bytes of the files that are there, as far as they are known to be deleted.
    public long bytesOnDisk() {
        return bytesWritten.sum() + bytesExported.sum() - bytesDeleted.sum();
    }

    /// Files written, read, deleted and worked in: as long as it stays the same, so do the other numbers.
    public long changeCount() {
        return filesWritten.sum() + filesExported.sum() + filesRead.sum() + filesDeleted.sum() + overflows.sum();
    }

    /// Runs `write`, and counts the file that it makes.
    SegmentFile count(UninterruptedAccess.Access<SegmentFile> write) throws IOException {
        long start = System.nanoTime();
        SegmentFile file = UninterruptedAccess.run(write);
        written(file.bytes(), System.nanoTime() - start);
        return file;
    }

    /// As [#count], for a file that another process wants: no lack of memory made it.
    SegmentFile countExport(UninterruptedAccess.Access<SegmentFile> write) throws IOException {
        SegmentFile file = UninterruptedAccess.run(write);
        exported(file.bytes());
        return file;
    }

    /// A file was made for, or of, a result that goes from one process to another.
    void exported(long bytes) {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.bytesExported.add(bytes);
            c.filesExported.increment();
        }
    }

    /// More came of a result of another host.
    void received(long bytes) {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.bytesExported.add(bytes);
        }
    }

    void written(long bytes, long nanos) {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.bytesWritten.add(bytes);
            c.writeNanos.add(nanos);
            c.filesWritten.increment();
        }
    }

    void read(long bytes, long nanos) {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.bytesRead.add(bytes);
            c.readNanos.add(nanos);
            c.filesRead.increment();
        }
    }

    void deleted(long bytes) {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.bytesDeleted.add(bytes);
            c.filesDeleted.increment();
        }
    }

    /// A task of this part has worked in so many bytes of files. The files are the store's, which has counted them when it made
    /// them: one serves many tasks.
    public void overflowed(long bytes) {
        if (bytes > 0) {
            bytesWritten.add(bytes);
            bytesDeleted.add(bytes);
            for (SpillCounters c = this; c != null; c = c.total) {
                c.overflows.increment();
            }
        }
    }

    void lost() {
        for (SpillCounters c = this; c != null; c = c.total) {
            c.resultsLost.increment();
        }
    }
}
