package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// A segment file that has been read and found to be what was written: every byte is under a checksum, or is padding and zero. It is
/// read from end to end, or as far as somebody needs it.
///
/// It is read, not mapped, to be verified: a disk that fails under a mapping kills the process, one that fails a read gives an
/// error. What happens to the file after that is not noticed.
final class SegmentReader implements Closeable {
    private static final int LARGEST_PIECE = 256 << 10;

    private final SegmentSource source;
    private final Preamble preamble;

    private SegmentReader(SegmentSource source, Preamble preamble) {
        this.source = source;
        this.preamble = preamble;
    }

    /// Ownership: takes over `source`, also if it fails. Errors: DamagedFileException if it does not hold what was written for
    /// `key`.
    static SegmentReader verify(SegmentSource source, Key key) throws IOException {
        return open(source, key, Integer.MAX_VALUE);
    }

    /// As [#verify], of whose columns only what stands before the buffers is read.
    static SegmentReader verifyHead(SegmentSource source, Key key) throws IOException {
        return open(source, key, SegmentForm.BEFORE_BUFFERS);
    }

    private static SegmentReader open(SegmentSource source, Key key, int sections) throws IOException {
        try {
            SegmentReader reader = new SegmentReader(source, preamble(source));
            DamagedFileException.unless(reader.preamble.key().equals(key), "it holds another result");
            reader.checkPlaces();
            for (int s = 0; s < Math.min(sections, reader.sectionCount()); s++) {
                reader.verify(s);
            }
            return reader;
        } catch (Throwable e) {
            try (source) {
                throw e;
            }
        }
    }

    private static Preamble preamble(SegmentSource source) throws IOException {
        long size = source.size();
        DamagedFileException.unless(size >= Preamble.FIXED_BYTES, "it is cut short to " + size + " bytes");
        ByteBuffer first = readFully(source, 0, Preamble.FIXED_BYTES);
        Preamble preamble = Preamble.decode(readFully(source, 0, Preamble.announcedSize(first, size)));
        DamagedFileException.unless(
                preamble.length() == size, "it has " + size + " bytes instead of " + preamble.length());
        return preamble;
    }

    private static ByteBuffer readFully(SegmentSource source, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int count = source.read(bytes, offset + bytes.position());
            DamagedFileException.unless(count >= 0, "it is cut short");
        }
        return bytes.flip();
    }

    private void checkPlaces() throws IOException {
        long position = Preamble.byteSize(sectionCount());
        for (int s = 0; s < sectionCount(); s++) {
            Preamble.Section section = section(s);
            boolean follows = section.offset() >= position && section.offset() - position < 64
                    && section.length() >= 0 && section.length() <= preamble.length() - section.offset();
            DamagedFileException.unless(follows, "section " + s + " is out of place");
            position = section.end();
        }
        DamagedFileException.unless(position == preamble.length(), "something follows its last section");
    }

    /// Reads a section, and what is between it and the one before. Errors: DamagedFileException.
    void verify(int section) throws IOException {
        verifyPadding(
                section == 0 ? Preamble.byteSize(sectionCount()) : section(section - 1).end(),
                section(section).offset(), section);
        verify(section(section), "section " + section);
    }

    private void verifyPadding(long from, long to, int section) throws IOException {
        ByteBuffer padding = readFully(source, from, Math.toIntExact(to - from));
        while (padding.hasRemaining()) {
            DamagedFileException.unless(padding.get() == 0, "the padding before section " + section + " is not zero");
        }
    }

    /// Reads any stretch of the segment. Errors: DamagedFileException that calls it `what`.
    void verify(Preamble.Section stretch, String what) throws IOException {
        CRC32C checksum = new CRC32C();
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer piece = arena.allocate(Math.clamp(stretch.length(), 1, LARGEST_PIECE)).asByteBuffer();
            long position = stretch.offset();
            while (position < stretch.end()) {
                piece.clear().limit((int) Math.min(piece.capacity(), stretch.end() - position));
                int count = source.read(piece, position);
                DamagedFileException.unless(count >= 0, "it is cut short");
                checksum.update(piece.flip());
                position += count;
            }
        }
        DamagedFileException.unless(
                checksum.getValue() == stretch.checksum(), "the checksum of " + what + " does not match");
    }

    Block.Kind kind() {
        return preamble.kind();
    }

    /// Errors: DamagedFileException if it is of another kind.
    SegmentReader of(Block.Kind kind) throws DamagedFileException {
        DamagedFileException.unless(kind() == kind, "it holds another result");
        return this;
    }

    /// Bytes of the segment.
    long length() {
        return preamble.length();
    }

    long rowCount() {
        return preamble.rowCount();
    }

    int sectionCount() {
        return preamble.sections().size();
    }

    Preamble.Section section(int index) {
        return preamble.sections().get(index);
    }

    byte[] bytes(int index) throws IOException {
        return readFully(source, section(index).offset(), Math.toIntExact(section(index).length())).array();
    }

    /// The whole file, valid as long as `arena` is open.
    MemorySegment map(Arena arena) throws IOException {
        return source.map(arena);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
