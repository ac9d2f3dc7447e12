package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Numbers as differences from the one before: blocks have a least difference, and miniblocks hold how much more than that
/// each difference is, in as few bits as they need.
///
/// ```
///   values in a block | miniblocks in a block | values in all | first value
///   then blocks:  least difference | bits of each miniblock | miniblock | miniblock | ...
/// ```
///
/// Source: the Parquet format, Encodings.md, "Delta encoding".
final class DeltaDecoder {
    private static final int LONGEST_BLOCK = 1 << 20;

    private final MemorySegment bytes;
    private final long end;
    private final long firstBlock;
    private final int miniblockCount;
    private final int miniblockValues;
    private final int valueCount;
    private long position;
    /// Values that were not read yet.
    private long left;
    /// The last value; at the beginning the one that comes next.
    private long last;
    private boolean isFirst = true;
    private long leastDifference;
    /// Where the bits of the current block's miniblocks are written, and which of these is current.
    private long widths;
    private int miniblock;
    /// Differences that the current miniblock still has, their bits, and at which bit the next one starts.
    private int inMiniblock;
    private int width;
    private long bit;

    /// Decodes from `start`; `end` is the page's, behind which [ChunkBytes#PADDING] bytes can be read.
    DeltaDecoder(MemorySegment bytes, long start, long end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        // a page without values may leave out even the counts
        long blockValues = start == end ? 8 : varInt();
        long miniblocks = start == end ? 1 : varInt();
        long count = start == end ? 0 : varInt();
        boolean isSound = blockValues > 0 && blockValues <= LONGEST_BLOCK && miniblocks > 0 && miniblocks <= blockValues
                && blockValues % miniblocks == 0 && blockValues / miniblocks % 8 == 0 && count >= 0
                && count <= Integer.MAX_VALUE;
        if (!isSound) {
            throw new IllegalStateException(
                    "%d differences in blocks of %d with %d parts".formatted(count, blockValues, miniblocks));
        }
        this.miniblockCount = (int) miniblocks;
        this.miniblockValues = (int) (blockValues / miniblocks);
        this.valueCount = (int) count;
        this.left = count;
        this.last = start == end ? 0 : signed(varInt());
        this.firstBlock = position;
        this.miniblock = miniblockCount;
    }

    private static long signed(long zigzag) {
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    /// Where what follows the numbers begins. Looks at nothing but the blocks' headers.
    long endOfNumbers() {
        long before = position;
        position = firstBlock;
        for (long rest = valueCount - 1L; rest > 0;) {
            varInt();
            long parts = position;
            position += miniblockCount;
            requireInside();
            for (int m = 0; m < miniblockCount && rest > 0; m++) {
                position += (bytes.get(Layouts.BYTE, parts + m) & 0xFFL) * miniblockValues / 8;
                rest -= miniblockValues;
            }
            requireInside();
        }
        long found = position;
        position = before;
        return found;
    }

    /// The next `count` numbers, into `out` from its beginning.
    void read(long[] out, int count) {
        if (count > left) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
        int done = 0;
        if (isFirst && count > 0) {
            out[done++] = last;
            isFirst = false;
        }
        while (done < count) {
            if (inMiniblock == 0) {
                nextMiniblock();
            }
            int piece = Math.min(inMiniblock, count - done);
            last = unpack(bytes, bit, width, leastDifference, last, out, done, piece);
            bit += (long) piece * width;
            inMiniblock -= piece;
            done += piece;
        }
        left -= count;
    }

    private void nextMiniblock() {
        if (miniblock == miniblockCount) {
            leastDifference = signed(varInt());
            widths = position;
            position += miniblockCount;
            requireInside();
            miniblock = 0;
        }
        width = bytes.get(Layouts.BYTE, widths + miniblock++) & 0xFF;
        if (width > 64) {
            throw new IllegalStateException("differences of " + width + " bits");
        }
        bit = position * 8;
        position += (long) width * miniblockValues / 8;
        requireInside();
        inMiniblock = miniblockValues;
    }

    private void requireInside() {
        if (position > end) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
    }

    /// One unaligned word holds a difference of up to 57 bits; a wider one reaches into the next byte.
    private static long unpack(
            MemorySegment bytes, long bit, int width, long least, long last, long[] out, int start, int count) {
        long mask = width == 64 ? -1L : (1L << width) - 1;
        long value = last;
        for (int i = start; i < start + count; i++) {
            int shift = (int) (bit & 7);
            long difference = bytes.get(Layouts.LONG, bit >>> 3) >>> shift;
            if (shift + width > 64) {
                difference |= (long) bytes.get(Layouts.BYTE, (bit >>> 3) + 8) << 64 - shift;
            }
            value += least + (difference & mask);
            out[i] = value;
            bit += width;
        }
        return value;
    }

    private long varInt() {
        long result = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                throw new IllegalStateException("a page has fewer values than its header says");
            }
            byte next = bytes.get(Layouts.BYTE, position++);
            result |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return result;
            }
        }
        throw new IllegalStateException("a number of more than 64 bits");
    }
}
