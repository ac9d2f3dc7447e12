package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Bits;
import java.lang.foreign.MemorySegment;

/// Ranges of bits that start anywhere.
final class BitRanges {
    private BitRanges() {}

    /// Sets `count` bits from `start`; those around them are kept.
    static void fill(MemorySegment bits, long start, long count, boolean value) {
        long end = start + count;
        for (long at = start; at < end; at = (at | 63) + 1) {
            int word = (int) (at >>> 6);
            long mask = mask(at, end);
            long old = Bits.word(bits, word);
            Bits.setWord(bits, word, value ? old | mask : old & ~mask);
        }
    }

    /// How many of `count` bits from `start` are set.
    static int count(MemorySegment bits, long start, long count) {
        long end = start + count;
        int sum = 0;
        for (long at = start; at < end; at = (at | 63) + 1) {
            sum += Long.bitCount(Bits.word(bits, (int) (at >>> 6)) & mask(at, end));
        }
        return sum;
    }

    /// The bits of the word of `at` from there to `end`.
    private static long mask(long at, long end) {
        long left = end - (at & -64);
        long below = left >= 64 ? -1L : (1L << left) - 1;
        return below & -1L << (at & 63);
    }
}
