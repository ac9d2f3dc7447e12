package io.lazuli.dataframe.internal.arrow;

import com.github.luben.zstd.Zstd;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.source.PlainSize;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Decompresses the buffers of record batches: Zstandard frames, and LZ4 frames.
///
/// ```
///   LZ4 frame   magic | flags | block size | [content size] | [dictionary] | checksum of these
///               [size | block | [checksum]]* | 0 | [checksum]
/// ```
///
/// Source: LZ4 Frame Format Description, github.com/lz4/lz4.
final class Frames {
    private static final int LZ4_MAGIC = 0x184D2204;
    private static final int LEAST_MATCH = 4;
    private static final int LONG_LENGTH = 15;

    private Frames() {}

    /// Fills the first `plainSize` bytes of `to`.
    static void zstd(MemorySegment from, long byteSize, MemorySegment to, long plainSize) {
        long size = Zstd.decompressUnsafe(to.address(), plainSize, from.address(), byteSize);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("a buffer does not decompress: " + Zstd.getErrorName(size));
        }
        require(size == plainSize);
    }

    /// Finds out, before anything is allocated for it, that a buffer has another size than it says: where its frame says it, too,
    /// and where it is large.
    static void check(boolean isZstd, MemorySegment from, long byteSize, long plainSize) throws IOException {
        if (isZstd) {
            require(zstdSize(from, byteSize, plainSize) == plainSize);
        }
        if (plainSize > PlainSize.LARGE && isZstd) {
            require(PlainSize.ofZstd(from, byteSize, plainSize) == plainSize);
        } else if (plainSize > PlainSize.LARGE) {
            lz4(from, byteSize, MemorySegment.NULL, plainSize);
        }
    }

    /// What a Zstandard frame says it holds; the expectation where it does not say.
    private static long zstdSize(MemorySegment from, long byteSize, long expected) {
        long size = Zstd.getFrameContentSize(from.asSlice(0, Math.min(byteSize, 32)).asByteBuffer());
        return size > 0 ? size : expected;
    }

    /// Fills the first `plainSize` bytes of `to`, or nothing if it is NULL.
    static void lz4(MemorySegment from, long byteSize, MemorySegment to, long plainSize) {
        require(byteSize >= 7 && from.get(Layouts.INT, 0) == LZ4_MAGIC);
        int flags = from.get(Layouts.BYTE, 4);
        boolean hasBlockChecksums = (flags & 0x10) != 0;
        long at = 7 + ((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0);
        long done = 0;
        while (true) {
            require(at + 4 <= byteSize);
            int header = from.get(Layouts.INT, at);
            long size = header & 0x7FFFFFFFL;
            at += 4;
            if (size == 0) {
                break;
            }
            require(size <= byteSize - at);
            if (header < 0) {
                require(size <= plainSize - done);
                if (to != MemorySegment.NULL) {
                    MemorySegment.copy(from, at, to, done, size);
                }
                done += size;
            } else {
                done = lz4Block(from, at, at + size, to, done, plainSize);
            }
            at += size + (hasBlockChecksums ? 4 : 0);
        }
        require(done == plainSize);
    }

    /// Blocks may copy from those before them. Returns how many bytes there are then.
    private static long lz4Block(MemorySegment from, long start, long end, MemorySegment to, long before, long limit) {
        long at = start;
        long done = before;
        while (at < end) {
            int token = from.get(Layouts.BYTE, at++) & 0xFF;
            long literals = token >>> 4;
            if (literals == LONG_LENGTH) {
                int more;
                do {
                    require(at < end);
                    more = from.get(Layouts.BYTE, at++) & 0xFF;
                    literals += more;
                } while (more == 255);
            }
            require(literals <= end - at && literals <= limit - done);
            if (to != MemorySegment.NULL) {
                MemorySegment.copy(from, at, to, done, literals);
            }
            at += literals;
            done += literals;
            // The last sequence has no copy.
            if (at == end) {
                break;
            }
            require(end - at >= 2);
            int offset = from.get(Layouts.BYTE, at) & 0xFF | (from.get(Layouts.BYTE, at + 1) & 0xFF) << 8;
            at += 2;
            long count = token & LONG_LENGTH;
            if (count == LONG_LENGTH) {
                int more;
                do {
                    require(at < end);
                    more = from.get(Layouts.BYTE, at++) & 0xFF;
                    count += more;
                } while (more == 255);
            }
            count += LEAST_MATCH;
            require(offset > 0 && offset <= done && count <= limit - done);
            if (to != MemorySegment.NULL) {
                copyMatch(to, done, offset, count);
            }
            done += count;
        }
        return done;
    }

    /// Source and target overlap where the offset is less than the count: the copy then repeats itself.
    private static void copyMatch(MemorySegment to, long at, long offset, long count) {
        if (offset >= count) {
            MemorySegment.copy(to, at - offset, to, at, count);
            return;
        }
        for (long i = at; i < at + count; i++) {
            to.set(Layouts.BYTE, i, to.get(Layouts.BYTE, i - offset));
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("a compressed buffer is not what it should be");
        }
    }
}
