package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Decompresses an LZ4 block: sequences of literal bytes and of copies of what came before.
///
/// Source: LZ4 Block Format Description, github.com/lz4/lz4.
final class Lz4Block {
    private static final int LEAST_MATCH = 4;
    private static final int LONG_LENGTH = 15;

    private final MemorySegment from;
    private final long end;
    private long position;

    private Lz4Block(MemorySegment from, long end) {
        this.from = from;
        this.end = end;
    }

    /// Fills the first `plainSize` bytes of `to`, or nothing if it is NULL; returns how many bytes there were to write.
    static long decompress(MemorySegment from, int byteSize, MemorySegment to, int plainSize) throws IOException {
        return new Lz4Block(from, byteSize).decompress(to, plainSize);
    }

    private long decompress(MemorySegment to, long limit) throws IOException {
        boolean isWritten = to != MemorySegment.NULL;
        long done = 0;
        while (position < end) {
            int token = next();
            long literals = length(token >>> 4);
            if (literals > end - position || literals > limit - done) {
                throw new IOException("an LZ4 block has more bytes than its page");
            }
            if (isWritten) {
                MemorySegment.copy(from, position, to, done, literals);
            }
            position += literals;
            done += literals;
            // The last sequence has no copy.
            if (position < end) {
                long offset = next() | next() << 8;
                long count = length(token & LONG_LENGTH) + LEAST_MATCH;
                if (offset == 0 || offset > done || count > limit - done) {
                    throw new IOException("an LZ4 block copies from outside of its page");
                }
                if (isWritten) {
                    copyMatch(to, done, offset, count);
                }
                done += count;
            }
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

    private long length(int start) throws IOException {
        long length = start;
        int more = start == LONG_LENGTH ? 255 : 0;
        while (more == 255) {
            more = next();
            length += more;
        }
        return length;
    }

    private int next() throws IOException {
        if (position >= end) {
            throw new IOException("an LZ4 block ends too early");
        }
        return from.get(Layouts.BYTE, position++) & 0xFF;
    }
}
