package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;

/// Tells a large dictionary from a few bytes that decompress to many equal entries: writers put each value in once, and what is
/// decoded of an entry takes more memory than the entry.
///
/// Each entry sets the bit that its hash names, of at least as many bits as there are entries. Entries that all differ set 63 % of
/// that many or more; fewer than half of them mean that most are there several times.
///
/// Source: Whang, Vander-Zanden and Taylor, "A linear-time probabilistic counting algorithm", ACM TODS 15 (1990).
final class DistinctEntries {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private DistinctEntries() {}

    /// Errors: IllegalStateException if most of the entries are there several times, or if they go beyond the page.
    static void check(StoredForm form, MemorySegment page, int plainSize, int count) {
        long[] bits = new long[Integer.highestOneBit(Math.max(count, 64) - 1) / 32];
        int shift = Long.numberOfLeadingZeros(bits.length * 64L - 1);
        long at = 0;
        for (int entry = 0; entry < count; entry++) {
            int length = form.width();
            if (length == 0) {
                length = PlainValues.length(page, at, plainSize, "an entry");
                at += 4;
            }
            long bit = hash(page, at, length) >>> shift;
            bits[(int) (bit >>> 6)] |= 1L << bit;
            at += length;
        }
        long found = 0;
        for (long word : bits) {
            found += Long.bitCount(word);
        }
        if (found < count / 2) {
            throw new IllegalStateException("a dictionary of " + count + " values has most of them several times");
        }
    }

    /// Reads whole words, up to 8 bytes beyond the end.
    private static long hash(MemorySegment page, long start, int length) {
        long hash = length * FACTOR;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = mix(hash ^ page.get(Layouts.LONG, start + at));
        }
        int rest = length - at;
        return rest == 0 ? hash : mix(hash ^ page.get(Layouts.LONG, start + at) & (1L << 8 * rest) - 1);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * FACTOR;
        return (mixed ^ mixed >>> 29) * FACTOR;
    }
}
