package io.lazuli.scheduler.internal.membership;

import io.lazuli.scheduler.internal.Errors;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Bytes of the journal's values.
///
/// ```
///   content   length, fact, length, fact, ...                of a batch; a checkpoint as it is
///             |------ piece 0 ------|- piece 1 -|            cut where a value would exceed 1 MiB
///   value     version, checksum, piece, bytes                the checksum is over key, piece and bytes
/// ```
final class Segment {
    static final int LONGEST_VALUE = 1 << 20;
    private static final byte VERSION = 1;
    private static final int HEADER = Byte.BYTES + 2 * Integer.BYTES;
    private static final int LONGEST_PIECE = LONGEST_VALUE - HEADER;

    private Segment() {}

    /// What [#facts] reads.
    static byte[] content(List<byte[]> facts) {
        int length = Math.toIntExact(facts.stream().mapToLong(fact -> Integer.BYTES + (long) fact.length).sum());
        ByteBuffer out = ByteBuffer.allocate(length);
        facts.forEach(fact -> out.putInt(fact.length).put(fact));
        return out.array();
    }

    /// Errors: DATA, if a fact is longer than what is there.
    static List<byte[]> facts(SegmentKey key, byte[] content) {
        List<byte[]> facts = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(content);
        while (in.hasRemaining()) {
            int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw Errors.journalDamaged(key.job(), key.segment(), "a fact is cut off");
            }
            byte[] fact = new byte[length];
            in.get(fact);
            facts.add(fact);
        }
        return facts;
    }

    static int pieceCount(byte[] content) {
        return Math.max(1, Math.ceilDiv(content.length, LONGEST_PIECE));
    }

    /// The value that holds piece `index` of `content`.
    static byte[] value(SegmentKey key, byte[] content, int index) {
        int offset = index * LONGEST_PIECE;
        int length = Math.min(LONGEST_PIECE, content.length - offset);
        ByteBuffer out = ByteBuffer.allocate(HEADER + length);
        out.put(VERSION).putInt(0).putInt(index).put(content, offset, length);
        return out.putInt(Byte.BYTES, checksum(key, out.array())).array();
    }

    /// The bytes of piece `index`. Errors: DATA, if `value` is not what was written under `key` as that piece.
    static ByteBuffer piece(SegmentKey key, byte[] value, int index) {
        if (value.length < HEADER || value[0] != VERSION) {
            throw Errors.journalDamaged(key.job(), key.segment(), "it is no segment of this version");
        }
        ByteBuffer in = ByteBuffer.wrap(value);
        if (in.getInt(Byte.BYTES) != checksum(key, value)) {
            throw Errors.journalDamaged(key.job(), key.segment(), "its checksum is wrong");
        }
        int found = in.getInt(Byte.BYTES + Integer.BYTES);
        if (found != index) {
            throw Errors.journalDamaged(key.job(), key.segment(),
                    "the %d segments that it goes on from are missing".formatted(found - index));
        }
        return in.position(HEADER).slice();
    }

    private static int checksum(SegmentKey key, byte[] value) {
        CRC32C sum = new CRC32C();
        sum.update(key.toString().getBytes(StandardCharsets.UTF_8));
        sum.update(value, Byte.BYTES + Integer.BYTES, value.length - Byte.BYTES - Integer.BYTES);
        return (int) sum.getValue();
    }
}
