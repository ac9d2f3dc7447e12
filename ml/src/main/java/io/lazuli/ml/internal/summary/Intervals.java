package io.lazuli.ml.internal.summary;

import java.util.Arrays;

/// Disjoint intervals of numbers, all divided into as many buckets. Numbers are taken by their bits: a key is a number's bits such that
/// keys without sign are in the order of numbers; intervals and buckets are all keys that begin alike.
///
/// ```
///   key   |<-- prefix: which interval -->|<-- which bucket -->|<-- shift bits -->|
///         64                            width               shift               0
/// ```
///
/// @param prefixes ascending; of the whole line a single 0
/// @param width    bits of a key behind the prefix; 64 of the whole line
/// @param shift    bits of a key behind those of its bucket; 0 where a bucket is a single number
record Intervals(long[] prefixes, int width, int shift) {
    /// The power of two of buckets in all intervals together, about.
    private static final int BITS = 14;
    static final Intervals NONE = new Intervals(new long[0], 0, 0);

    /// All numbers.
    static Intervals all() {
        return new Intervals(new long[] {0}, 64, 64 - BITS);
    }

    /// Some buckets of others, divided again.
    static Intervals of(long[] prefixes, int width) {
        int bits = Math.max(1, BITS - (64 - Long.numberOfLeadingZeros(prefixes.length)) + 1);
        return new Intervals(prefixes, width, Math.max(0, width - bits));
    }

    boolean isExact() {
        return shift == 0;
    }

    int bucketsEach() {
        return 1 << width - shift;
    }

    int bucketCount() {
        return prefixes.length << width - shift;
    }

    /// The bucket of a number; below 0 if it is in no interval.
    int bucket(double value) {
        long key = key(value);
        int interval = width == 64 ? 0 : find(key >>> width);
        return interval < 0 ? -1 : interval << width - shift | (int) (key >>> shift) & bucketsEach() - 1;
    }

    /// As [#bucket], the interval.
    int interval(double value) {
        return width == 64 ? 0 : find(key(value) >>> width);
    }

    private int find(long prefix) {
        return prefixes.length == 1 ? prefix == prefixes[0] ? 0 : -1 : Arrays.binarySearch(prefixes, prefix);
    }

    /// What keys of a bucket begin with.
    long prefix(int bucket) {
        int bits = width - shift;
        return prefixes[bucket >> bits] << bits | bucket & bucketsEach() - 1;
    }

    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value + 0.0);
        return bits ^ (bits >> 63 | Long.MIN_VALUE);
    }

    /// The number that has a key.
    static double number(long key) {
        return Double.longBitsToDouble(key ^ (~key >> 63 | Long.MIN_VALUE));
    }
}
