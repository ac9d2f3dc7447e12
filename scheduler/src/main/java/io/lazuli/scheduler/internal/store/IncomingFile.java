package io.lazuli.scheduler.internal.store;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A segment that comes in pieces from another host, on its way into a file of the spill directory. Closed before [#finish], it takes
/// the file away again. Confined to one thread at a time.
///
/// Invariant: its space is claimed from the start, so that a disk which is too small refuses before the first byte.
public final class IncomingFile implements AutoCloseable {
    private final ResultCopies copies;
    private final SpillDirectory directory;
    private final ResultCopies.Wanted wanted;
    private final DiskFile file;
    private final long bytes;
    private long position;
    /// It is taken away, or somebody else's.
    private boolean isOver;

    private IncomingFile(
            ResultCopies copies, SpillDirectory directory, ResultCopies.Wanted wanted, DiskFile file, long bytes) {
        this.copies = copies;
        this.directory = directory;
        this.wanted = wanted;
        this.file = file;
        this.bytes = bytes;
    }

    static IncomingFile create(ResultCopies copies, SpillDirectory directory, ResultCopies.Wanted wanted, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, found " + bytes);
        }
        try {
            DiskFile file = UninterruptedAccess.run(() -> directory.disk().create(directory.nextFile()));
            try {
                directory.claim(bytes);
            } catch (Throwable e) {
                try (file) {
                    directory.delete(file.path(), 0);
                }
                throw e;
            }
            return new IncomingFile(copies, directory, wanted, file, bytes);
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), bytes, e);
        }
    }

    /// Appends what `piece` has left. Ownership: borrows it. Errors: RESOURCE if the disk fails; LostResultException if there is more
    /// than was announced.
    public void write(ByteBuffer piece) {
        if (piece.remaining() > bytes - position) {
            throw lost("it has more than the %d bytes that were announced".formatted(bytes));
        }
        try {
            while (piece.hasRemaining()) {
                position += file.write(piece, position);
            }
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), bytes, e);
        }
    }

    /// The result, from the file that is verified now. Ownership and errors: as those of [ResultCopies]; in any case the file is not
    /// this object's any more.
    public StoredResult finish() {
        if (position < bytes) {
            throw lost("it is cut short to %d bytes".formatted(position));
        }
        try {
            file.close();
        } catch (IOException e) {
            throw Errors.cannotSpill(directory.parent(), bytes, e);
        }
        isOver = true;
        wanted.job().counters().exported(bytes);
        return copies.received(wanted, new SegmentFile(directory, file.path(), wanted.key(), bytes, 0));
    }

    private LostResultException lost(String why) {
        wanted.job().counters().lost();
        return LostResultException.fetched(wanted.key(), file.path().toString(), DamagedFileException.of(why));
    }

    @Override
    public void close() {
        if (isOver) {
            return;
        }
        isOver = true;
        try {
            file.close();
        } catch (IOException e) {
            // What it may have lost is deleted next.
            return;
        } finally {
            directory.delete(file.path(), bytes);
        }
    }
}
