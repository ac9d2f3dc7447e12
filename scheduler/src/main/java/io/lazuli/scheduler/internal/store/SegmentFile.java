package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.scheduler.internal.Errors;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A block of columns as a file that describes itself; written once, mapped to be read.
///
/// ```
///   preamble   magic, version, section count, key, row count, then offset, length and CRC32C of each section; its own CRC32C
///   section 0  header      section 1  cuts      section 2...  buffers            each starts at a multiple of 64 bytes
/// ```
///
/// All numbers are little-endian. The preamble is written last, so that a file cut short by a crash is no segment file. Every
/// checksum is verified when the file is mapped.
///
/// @param bytes length of the file
record SegmentFile(Path path, Key key, long bytes) {
    private static final long MAGIC = 0x3147_4553_495A_414CL; // "LAZISEG1"
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 48;
    private static final int SECTION_BYTES = 24;
    private static final int CHECKSUM_BYTES = 8;
    private static final long LARGEST_PIECE = 1 << 30;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Writes `block`. Ownership: borrows it.
    static SegmentFile write(Path path, Key key, Block block) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            List<MemorySegment> sections = sections(block);
            int preambleBytes = preambleBytes(sections.size());
            ByteBuffer preamble = ByteBuffer.allocate(preambleBytes).order(ByteOrder.LITTLE_ENDIAN);
            preamble.putLong(MAGIC).putInt(VERSION).putInt(sections.size());
            preamble.putLong(key.layer().high()).putLong(key.layer().low()).putLong(key.partition());
            preamble.putLong(block.rowCount());
            long offset = align(preambleBytes);
            for (MemorySegment section : sections) {
                preamble.putLong(offset).putLong(section.byteSize()).putLong(checksum(section));
                writeFully(channel, section, offset);
                offset = align(offset + section.byteSize());
            }
            MemorySegment written = MemorySegment.ofArray(preamble.array());
            preamble.putLong(checksum(written.asSlice(0, preambleBytes - CHECKSUM_BYTES)));
            writeFully(channel, written, 0);
            return new SegmentFile(path, key, channel.size());
        } catch (Throwable e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /// A block whose buffers are slices of the mapped file; the last release unmaps and deletes it. No memory is reserved.
    ///
    /// Ownership: the caller's. Errors: DATA if the file is not what was written.
    Block map() {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return read(file, arena);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e instanceof LazuliException typed
                    ? typed
                    : Errors.spillLost(path, key, String.valueOf(e.getMessage()), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    private Block read(MemorySegment file, Arena arena) {
        require(file.byteSize() >= FIXED_BYTES && file.get(LONG, 0) == MAGIC, "it is not a segment file, or cut short");
        require(file.get(INT, 8) == VERSION, "its version is not " + VERSION);
        int count = file.get(INT, 12);
        require(count >= 2 && (long) count * SECTION_BYTES < file.byteSize(), "it claims " + count + " sections");
        int preambleBytes = preambleBytes(count);
        require(preambleBytes <= file.byteSize(), "it is cut short");
        long checksum = checksum(file.asSlice(0, preambleBytes - CHECKSUM_BYTES));
        require(checksum == file.get(LONG, preambleBytes - CHECKSUM_BYTES),
                "the checksum of its preamble does not match");
        boolean own = file.get(LONG, 16) == key.layer().high()
                && file.get(LONG, 24) == key.layer().low()
                && file.get(LONG, 32) == key.partition();
        require(own, "it holds another result");
        for (int s = 0; s < count; s++) {
            long end = sectionOffset(file, s) + sectionLength(file, s);
            require(end <= file.byteSize(), "it is cut short in section " + s);
            require(checksum(section(file, s)) == file.get(LONG, at(s) + 16),
                    "the checksum of section " + s + " does not match");
        }
        return block(file, count, arena);
    }

    private Block block(MemorySegment file, int count, Arena arena) {
        Buffer root = Buffer.ofForeign(file, () -> {
            arena.close();
            delete();
        });
        List<Buffer> buffers = new ArrayList<>();
        for (int s = 2; s < count; s++) {
            buffers.add(root.slice(sectionOffset(file, s), sectionLength(file, s)));
        }
        byte[] header = section(file, 0).toArray(ValueLayout.JAVA_BYTE);
        Block block = Block.partitioned(file.get(LONG, 40), header, buffers, section(file, 1).toArray(LONG));
        root.release();
        return block;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw Errors.spillLost(path, key, otherwise, null);
        }
    }

    private static List<MemorySegment> sections(Block block) {
        MemorySegment cuts = MemorySegment.ofArray(new byte[block.cuts().length * Long.BYTES]);
        for (int i = 0; i < block.cuts().length; i++) {
            cuts.set(LONG.withByteAlignment(1), (long) i * Long.BYTES, block.cuts()[i]);
        }
        List<MemorySegment> sections = new ArrayList<>();
        sections.add(MemorySegment.ofArray(block.header()));
        sections.add(cuts);
        block.buffers().forEach(buffer -> sections.add(buffer.segment()));
        return sections;
    }

    private static int preambleBytes(int sectionCount) {
        return FIXED_BYTES + Math.multiplyExact(sectionCount, SECTION_BYTES) + CHECKSUM_BYTES;
    }

    private static long at(int section) {
        return FIXED_BYTES + (long) section * SECTION_BYTES;
    }

    private static long sectionOffset(MemorySegment file, int section) {
        return file.get(LONG, at(section));
    }

    private static long sectionLength(MemorySegment file, int section) {
        return file.get(LONG, at(section) + 8);
    }

    private static MemorySegment section(MemorySegment file, int section) {
        return file.asSlice(sectionOffset(file, section), sectionLength(file, section));
    }

    private static long align(long offset) {
        return (offset + 63) & -64;
    }

    private static long checksum(MemorySegment bytes) {
        CRC32C checksum = new CRC32C();
        for (long from = 0; from < bytes.byteSize(); from += LARGEST_PIECE) {
            checksum.update(piece(bytes, from));
        }
        return checksum.getValue();
    }

    private static void writeFully(FileChannel channel, MemorySegment bytes, long offset) throws IOException {
        for (long from = 0; from < bytes.byteSize(); from += LARGEST_PIECE) {
            ByteBuffer piece = piece(bytes, from);
            while (piece.hasRemaining()) {
                channel.write(piece, offset + from + piece.position());
            }
        }
    }

    private static ByteBuffer piece(MemorySegment bytes, long from) {
        return bytes.asSlice(from, Math.min(LARGEST_PIECE, bytes.byteSize() - from)).asByteBuffer();
    }
}
