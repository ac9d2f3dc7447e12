package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Parquet's RLE/bit-packed hybrid: small integers as runs of one value, or packed `width` bits each, least significant
/// first.
///
/// Source: the Parquet format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".
final class RunDecoder {
    private MemorySegment bytes = MemorySegment.NULL;
    private int width;
    private long position;
    private long end;
    /// Values that the current run still has.
    private int left;
    private boolean isPacked;
    /// The value of a run of one value.
    private int value;
    /// The bit at which the next packed value starts.
    private long bit;

    /// Decodes from `start` up to `end` of `bytes`, which can be read a little beyond ([ChunkBytes#PADDING]).
    void start(MemorySegment bytes, long start, long end, int width) {
        if (width < 0 || width > 32) {
            throw new IllegalStateException("values of " + width + " bits");
        }
        this.bytes = bytes;
        this.width = width;
        this.position = start;
        this.end = end;
        this.left = 0;
    }

    /// The next `count` values, into `out` from its beginning.
    void readInts(int[] out, int count) {
        for (int done = 0; done < count; ) {
            int piece = nextPiece(count - done);
            if (isPacked) {
                unpack(bytes, bit, width, out, done, piece);
                bit += (long) piece * width;
            } else {
                Arrays.fill(out, done, done + piece, value);
            }
            done += piece;
        }
    }

    /// The next `count` values of one bit, to bits from `start` of `out`.
    void readBits(MemorySegment out, long start, int count) {
        for (int done = 0; done < count; ) {
            int piece = nextPiece(count - done);
            if (isPacked) {
                Bits.copy(bytes, bit, out, start + done, piece);
                bit += piece;
            } else {
                BitRanges.fill(out, start + done, piece, value != 0);
            }
            done += piece;
        }
    }

    private int nextPiece(int wanted) {
        while (left == 0) {
            nextRun();
        }
        int piece = Math.min(wanted, left);
        left -= piece;
        return piece;
    }

    private void nextRun() {
        int header = readVarInt();
        isPacked = (header & 1) != 0;
        if (isPacked) {
            long groups = header >>> 1;
            bit = position * 8;
            left = (int) Math.min(Integer.MAX_VALUE, groups * 8);
            if (groups * width > end - position) {
                // some writers leave out the padding of the last group
                left = (int) ((end - position) * 8 / width);
                requireMore(left > 0);
            }
            position = Math.min(end, position + groups * width);
        } else {
            left = header >>> 1;
            value = 0;
            for (int shift = 0; shift < width; shift += 8) {
                value |= readByte() << shift;
            }
        }
    }

    private int readVarInt() {
        int result = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = readByte();
            result |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return result;
            }
        }
        throw new IllegalStateException("a run length of more than 32 bits");
    }

    private static void requireMore(boolean hasMore) {
        if (!hasMore) {
            throw new IllegalStateException("a page has fewer values than its header says");
        }
    }

    private int readByte() {
        requireMore(position < end);
        return bytes.get(Layouts.BYTE, position++) & 0xFF;
    }

    /// Whole groups of eight, which begin and end with a byte, by few loads; what is left and right of them one by one.
    private static void unpack(MemorySegment bytes, long bit, int width, int[] out, int start, int count) {
        int groups = width == 0 || width > 16 || (bit & 7) != 0 ? 0 : count / 8;
        if (width <= 8) {
            unpackNarrow(bytes, bit >>> 3, width, out, start, groups);
        } else {
            unpackWide(bytes, bit >>> 3, width, out, start, groups);
        }
        unpackEach(bytes, bit + groups * 8L * width, width, out, start + groups * 8, count - groups * 8);
    }

    /// Groups of values of at most 8 bits: a word each.
    private static void unpackNarrow(MemorySegment bytes, long start, int width, int[] out, int first, int groups) {
        int mask = (1 << width) - 1;
        for (int group = 0; group < groups; group++) {
            long word = bytes.get(Layouts.LONG, start + (long) group * width);
            int at = first + group * 8;
            out[at] = (int) word & mask;
            out[at + 1] = (int) (word >>> width) & mask;
            out[at + 2] = (int) (word >>> 2 * width) & mask;
            out[at + 3] = (int) (word >>> 3 * width) & mask;
            out[at + 4] = (int) (word >>> 4 * width) & mask;
            out[at + 5] = (int) (word >>> 5 * width) & mask;
            out[at + 6] = (int) (word >>> 6 * width) & mask;
            out[at + 7] = (int) (word >>> 7 * width) & mask;
        }
    }

    /// Groups of values of 9 to 16 bits: two words each, the second of which begins within a byte.
    private static void unpackWide(MemorySegment bytes, long start, int width, int[] out, int first, int groups) {
        int mask = (1 << width) - 1;
        int middle = 4 * width;
        for (int group = 0; group < groups; group++) {
            long from = start + (long) group * width;
            long left = bytes.get(Layouts.LONG, from);
            long right = bytes.get(Layouts.LONG, from + (middle >>> 3)) >>> (middle & 7);
            int at = first + group * 8;
            out[at] = (int) left & mask;
            out[at + 1] = (int) (left >>> width) & mask;
            out[at + 2] = (int) (left >>> 2 * width) & mask;
            out[at + 3] = (int) (left >>> 3 * width) & mask;
            out[at + 4] = (int) right & mask;
            out[at + 5] = (int) (right >>> width) & mask;
            out[at + 6] = (int) (right >>> 2 * width) & mask;
            out[at + 7] = (int) (right >>> 3 * width) & mask;
        }
    }

    /// One unaligned word holds any value: at most 7 bits before it and 32 of its own.
    private static void unpackEach(MemorySegment bytes, long bit, int width, int[] out, int start, int count) {
        long mask = (1L << width) - 1;
        for (int i = 0; i < count; i++) {
            out[start + i] = (int) (bytes.get(Layouts.LONG, bit >>> 3) >>> (bit & 7) & mask);
            bit += width;
        }
    }
}
