package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.Token;
import io.lazuli.graph.memory.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// What stands at the start of a segment file, in little-endian numbers.
///
/// ```
///    0  magic      8  version, kind     16  key: layer, partition    40  rows    48  length of the file    56  section count
///   64  for each section: offset, length, CRC32C                                                            its own CRC32C
/// ```
///
/// @param length   of the file, in bytes
/// @param sections in the order of their offsets
record Preamble(Block.Kind kind, Key key, long rowCount, long length, List<Section> sections) {
    static final int FIXED_BYTES = 64;
    private static final long MAGIC = 0x3147_4553_495A_414CL; // "LAZISEG1"
    private static final int VERSION = 4;
    private static final int SECTION_BYTES = 24;
    private static final int CHECKSUM_BYTES = 8;

    /// A stretch of the file and the checksum of its bytes.
    record Section(long offset, long length, long checksum) {
        long end() {
            return offset + length;
        }
    }

    Preamble {
        sections = List.copyOf(sections);
    }

    static int byteSize(int sectionCount) {
        return FIXED_BYTES + Math.multiplyExact(sectionCount, SECTION_BYTES) + CHECKSUM_BYTES;
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(byteSize(sections.size())).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(kind.ordinal());
        bytes.putLong(key.layer().high()).putLong(key.layer().low()).putLong(key.partition());
        bytes.putLong(rowCount).putLong(length).putLong(sections.size());
        for (Section section : sections) {
            bytes.putLong(section.offset()).putLong(section.length()).putLong(section.checksum());
        }
        return bytes.putLong(checksum(bytes.array(), bytes.position())).flip();
    }

    /// How many bytes a preamble has that starts with these first [#FIXED_BYTES]. Errors: DamagedFileException.
    static int announcedSize(ByteBuffer first, long fileBytes) throws DamagedFileException {
        ByteBuffer bytes = first.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        DamagedFileException.unless(bytes.getLong(0) == MAGIC, "it is not a segment file");
        DamagedFileException.unless(bytes.getInt(8) == VERSION, "its version is not " + VERSION);
        long sections = bytes.getLong(56);
        boolean fits = sections >= 1 && sections <= (fileBytes - FIXED_BYTES - CHECKSUM_BYTES) / SECTION_BYTES;
        DamagedFileException.unless(fits, "it claims " + sections + " sections in " + fileBytes + " bytes");
        return byteSize(Math.toIntExact(sections));
    }

    /// What `whole`, an array of exactly a preamble's length, says. Errors: DamagedFileException.
    static Preamble decode(ByteBuffer whole) throws DamagedFileException {
        ByteBuffer bytes = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.capacity() - CHECKSUM_BYTES;
        DamagedFileException.unless(
                bytes.getLong(end) == checksum(bytes.array(), end), "the checksum of its preamble does not match");
        int kind = bytes.getInt(12);
        long partition = bytes.getLong(32);
        DamagedFileException.unless(kind >= 0 && kind < Block.Kind.values().length, "its kind is " + kind);
        DamagedFileException.unless(partition >= 0 && partition <= Integer.MAX_VALUE, "its key is none");
        List<Section> sections = new ArrayList<>();
        for (int at = FIXED_BYTES; at < end; at += SECTION_BYTES) {
            sections.add(new Section(bytes.getLong(at), bytes.getLong(at + 8), bytes.getLong(at + 16)));
        }
        Key key = new Key(new Token(bytes.getLong(16), bytes.getLong(24)), (int) partition);
        return new Preamble(Block.Kind.values()[kind], key, bytes.getLong(40), bytes.getLong(48), sections);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
