package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What has come so far of a segment of another host: a file as long as the segment, zero where nothing has come. Thread-safe.
///
/// Invariant: the space of what is written, or about to be, is claimed, and no more; what is left out takes none.
final class PartialFile {
    private final SpillDirectory directory;
    private final SpillCounters counters;
    private final DiskFile file;
    private final long bytes;
    private long claimed;
    private boolean isGone;

    private PartialFile(SpillDirectory directory, SpillCounters counters, DiskFile file, long bytes) {
        this.directory = directory;
        this.counters = counters;
        this.file = file;
        this.bytes = bytes;
    }

    static PartialFile create(SpillDirectory directory, SpillCounters counters, long bytes) throws IOException {
        DiskFile file = UninterruptedAccess.run(() -> directory.disk().create(directory.nextFile()));
        PartialFile partial = new PartialFile(directory, counters, file, bytes);
        try {
            partial.claim(1);
            file.write(ByteBuffer.wrap(new byte[1]), bytes - 1);
            return partial;
        } catch (Throwable e) {
            partial.delete();
            throw e;
        }
    }

    Path path() {
        return file.path();
    }

    Path parent() {
        return directory.parent();
    }

    long bytes() {
        return bytes;
    }

    /// To be opened and read beside.
    SegmentSource open() throws IOException {
        return directory.disk().open(file.path());
    }

    /// Takes space for what is about to be written. Errors: RESOURCE if it is not allowed.
    synchronized void claim(long more) throws IOException {
        directory.claim(more);
        claimed += more;
        counters.received(more);
    }

    synchronized void write(ByteBuffer piece, long offset) throws IOException {
        if (isGone) {
            throw new IOException("nobody wants it any more");
        }
        long position = offset;
        while (piece.hasRemaining()) {
            position += file.write(piece, position);
        }
    }

    /// Takes the file away; a second call does nothing.
    synchronized void delete() {
        if (isGone) {
            return;
        }
        isGone = true;
        try {
            file.close();
        } catch (IOException e) {
            // What it may have lost is deleted next.
            return;
        } finally {
            if (directory.delete(file.path(), claimed)) {
                counters.deleted(claimed);
            }
        }
    }
}
