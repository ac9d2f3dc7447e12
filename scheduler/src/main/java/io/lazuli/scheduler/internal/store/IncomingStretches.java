package io.lazuli.scheduler.internal.store;

import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;

/// Stretches of another host's segment, which come in pieces, one after the other, and are written where they stand in the segment.
/// Confined to one thread at a time.
///
/// Invariant: their space is claimed from the start, so that a disk which is too small refuses before the first byte.
public final class IncomingStretches {
    private final PartialFile file;
    /// Offset and length of each.
    private final long[] stretches;
    /// Of the stretch that the next byte is of.
    private int current;
    private long position;
    /// What has come is somebody else's.
    private volatile boolean isTaken;

    private IncomingStretches(PartialFile file, long[] stretches) {
        this.file = file;
        this.stretches = stretches;
        skipWhatIsThere();
    }

    /// Errors: RESOURCE if there is no room for them.
    static IncomingStretches into(PartialFile file, List<Preamble.Section> wanted) {
        long bytes = wanted.stream().mapToLong(Preamble.Section::length).sum();
        try {
            file.claim(bytes);
        } catch (IOException e) {
            throw Errors.cannotSpill(file.parent(), bytes, e);
        }
        return new IncomingStretches(
                file,
                wanted.stream().filter(stretch -> stretch.length() > 0)
                        .flatMapToLong(stretch -> LongStream.of(stretch.offset(), stretch.length()))
                        .toArray());
    }

    /// The file, with all that has come. Ownership: the caller's.
    PartialFile take() {
        isTaken = true;
        return file;
    }

    /// Takes the file away, unless it is somebody else's already.
    void forget() {
        if (!isTaken) {
            file.delete();
        }
    }

    /// What is to be asked for: offset in the segment and length of each. Not to be written to.
    public long[] stretches() {
        return stretches;
    }

    /// True once nothing is missing.
    public boolean isComplete() {
        return current == stretches.length;
    }

    /// Takes what `piece` has left. Ownership: borrows it. Errors: RESOURCE if the disk fails; IllegalStateException if there is more
    /// than is missing.
    public void write(ByteBuffer piece) {
        try {
            while (piece.hasRemaining()) {
                if (isComplete()) {
                    throw new IllegalStateException("more bytes came than were asked for");
                }
                int length = (int) Math.min(piece.remaining(), stretches[current + 1] - position);
                file.write(piece.slice(piece.position(), length), stretches[current] + position);
                piece.position(piece.position() + length);
                position += length;
                skipWhatIsThere();
            }
        } catch (IOException e) {
            throw Errors.cannotSpill(file.parent(), piece.remaining(), e);
        }
    }

    private void skipWhatIsThere() {
        while (current < stretches.length && position == stretches[current + 1]) {
            current += 2;
            position = 0;
        }
    }
}
