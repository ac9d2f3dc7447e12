package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A segment file while it is written: section after section, then the preamble, so that a file cut short by a crash is no
/// segment file. Closed without [#finish], it takes the file away again.
///
/// ```
///   preamble | section 0 | 0... | section 1 | 0... | section 2         each that is not empty starts at a multiple of 64
/// ```
///
/// Invariant: every byte of the file so far is claimed from the directory's space.
final class SegmentWriter implements Closeable {
    /// Of what is written or summed up at once.
    static final long LARGEST_PIECE = 1 << 30;

    private final SpillDirectory directory;
    /// Null until the first byte is written, so that a value that cannot be written makes no file.
    private @Nullable DiskFile file;
    private final int sectionCount;
    private final List<Preamble.Section> sections = new ArrayList<>();
    private CRC32C checksum = new CRC32C();
    /// Where the section that is being written starts; meaningful once it has a byte.
    private long start;
    /// End of what is written.
    private long position;
    private long claimed;
    private boolean finished;
    /// Why bytes could not be written; null as long as they could.
    private @Nullable Throwable diskFailure;

    /// Ownership: the caller closes it.
    SegmentWriter(SpillDirectory directory, int sectionCount) {
        this.directory = directory;
        this.sectionCount = sectionCount;
        this.position = Preamble.byteSize(sectionCount);
        this.start = position;
    }

    /// Errors: what stopped the writing, if it was the disk or its lack of space: IOException or RESOURCE.
    void checkDisk() throws IOException {
        switch (diskFailure) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case null, default -> {}
        }
    }

    /// Claims what a file with sections of these lengths takes, before anything is written.
    void claimAll(long[] lengths) throws IOException {
        long end = position;
        for (long length : lengths) {
            end = length == 0 ? end : align(end) + length;
        }
        claimUpTo(end);
    }

    /// Writes one section. Ownership: borrows `bytes`.
    void section(MemorySegment bytes) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += LARGEST_PIECE) {
            append(bytes.asSlice(from, Math.min(LARGEST_PIECE, bytes.byteSize() - from)).asByteBuffer());
        }
        endSection();
    }

    /// A section of unknown length; it ends when the stream is closed.
    OutputStream section() {
        return new SectionStream();
    }

    private void append(ByteBuffer piece) throws IOException {
        try {
            if (position == start && piece.hasRemaining()) {
                position = align(position);
                start = position;
            }
            claimUpTo(position + piece.remaining());
            checksum.update(piece.duplicate());
            position += writeFully(piece, position);
        } catch (Throwable e) {
            diskFailure = e;
            throw e;
        }
    }

    private void endSection() {
        sections.add(new Preamble.Section(start, position - start, checksum.getValue()));
        checksum = new CRC32C();
        start = position;
    }

    /// Makes it a segment file.
    SegmentFile finish(Block.Kind kind, Key key, long rowCount) throws IOException {
        if (sections.size() != sectionCount) {
            throw new IllegalStateException(sections.size() + " sections are written of " + sectionCount);
        }
        claimUpTo(position);
        writeFully(new Preamble(kind, key, rowCount, position, sections).encode(), 0);
        DiskFile written = open();
        written.close();
        finished = true;
        return new SegmentFile(directory, written.path(), key, position, SegmentForm.headBytes(kind, sections));
    }

    private void claimUpTo(long end) throws IOException {
        if (end > claimed) {
            open();
            directory.claim(end - claimed);
            claimed = end;
        }
    }

    private long writeFully(ByteBuffer bytes, long offset) throws IOException {
        DiskFile target = open();
        int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            target.write(bytes, offset + length - bytes.remaining());
        }
        return length;
    }

    private DiskFile open() throws IOException {
        if (file == null) {
            file = directory.disk().create(directory.nextFile());
        }
        return file;
    }

    /// Takes away a file that is not finished, and what it claimed.
    @Override
    public void close() throws IOException {
        if (!finished && file != null) {
            finished = true;
            try {
                file.close();
            } finally {
                directory.delete(file.path(), claimed);
            }
        }
    }

    /// Where a section that is not empty starts, if what is before it ends at `offset`.
    static long align(long offset) {
        return offset + 63 & -64;
    }

    private final class SectionStream extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            append(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void close() {
            endSection();
        }
    }
}
