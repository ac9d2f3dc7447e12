package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Writes what [RunDecoder] reads: small integers as runs of one value where eight or more are equal, else packed.
final class RunEncoder {
    private static final int WORTH_A_RUN = 8;

    private RunEncoder() {}

    /// Bytes that `count` values take at most.
    static long mostBytes(int count, int width) {
        // a packed group and a run of at least eight values each have a header, of at most five bytes
        return (long) (count / 8 + 2) * (width + 10) + 16;
    }

    /// Writes `count` values of `width` bits to `to` from `start`; returns where the next byte goes.
    static long encode(int[] values, int count, int width, MemorySegment to, long start) {
        long at = start;
        int packedFrom = 0;
        for (int i = 0; i < count;) {
            if (i + WORTH_A_RUN <= count && values[i + WORTH_A_RUN - 1] != values[i]) {
                i++;
                continue;
            }
            int run = 1;
            while (i + run < count && values[i + run] == values[i]) {
                run++;
            }
            // what comes before the run must be whole groups of eight
            int fill = -(i - packedFrom) & 7;
            if (run - fill >= WORTH_A_RUN) {
                at = pack(values, packedFrom, i + fill, width, to, at);
                at = varInt(to, at, run - fill << 1);
                for (int shift = 0; shift < width; shift += 8) {
                    to.set(Layouts.BYTE, at++, (byte) (values[i] >>> shift));
                }
                packedFrom = i + run;
            }
            i += run;
        }
        return pack(values, packedFrom, count, width, to, at);
    }

    /// Writes bits as one packed run; they come as they stand, from a whole byte on. What is behind the last one becomes zeros, so
    /// that the same rows give the same file.
    static long encodeBits(MemorySegment bits, long fromByte, int count, MemorySegment to, long start) {
        int groups = (count + 7) / 8;
        long at = varInt(to, start, groups << 1 | 1);
        MemorySegment.copy(bits, fromByte, to, at, groups);
        long last = at + groups - 1;
        int unused = -count & 7;
        to.set(Layouts.BYTE, last, (byte) (to.get(Layouts.BYTE, last) & 0xFF >>> unused));
        return at + groups;
    }

    /// Writes `count` times the same bit.
    static long encodeBit(boolean value, int count, MemorySegment to, long start) {
        long at = varInt(to, start, count << 1);
        to.set(Layouts.BYTE, at, (byte) (value ? 1 : 0));
        return at + 1;
    }

    /// The last group is filled up with zeros.
    private static long pack(int[] values, int from, int end, int width, MemorySegment to, long start) {
        if (from == end) {
            return start;
        }
        int groups = (end - from + 7) / 8;
        long at = varInt(to, start, groups << 1 | 1);
        long packedEnd = at + (long) groups * width;
        long word = 0;
        int bits = 0;
        for (int i = from; i < end; i++) {
            word |= (long) values[i] << bits;
            bits += width;
            if (bits >= 32) {
                to.set(Layouts.INT, at, (int) word);
                at += 4;
                word >>>= 32;
                bits -= 32;
            }
        }
        for (; at < packedEnd; at++) {
            to.set(Layouts.BYTE, at, (byte) word);
            word >>>= 8;
        }
        return packedEnd;
    }

    private static long varInt(MemorySegment to, long start, int value) {
        long at = start;
        int rest = value;
        for (; (rest & ~0x7F) != 0; rest >>>= 7) {
            to.set(Layouts.BYTE, at++, (byte) (rest & 0x7F | 0x80));
        }
        to.set(Layouts.BYTE, at, (byte) rest);
        return at + 1;
    }
}
