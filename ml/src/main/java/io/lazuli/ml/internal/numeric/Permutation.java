package io.lazuli.ml.internal.numeric;

/// A random order of the numbers from 0 up to a size, of which any place is known without the others: a Feistel network over the next power
/// of four, walked until the number is below the size. **Source.** Black and Rogaway, "Ciphers with arbitrary finite domains" (2002).
public final class Permutation {
    private static final int ROUNDS = 6;

    private final long size;
    private final int halfBits;
    private final long mask;
    private final long[] keys = new long[ROUNDS];

    public Permutation(long size, long seed) {
        this.size = size;
        this.halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(Math.max(1, size - 1))) / 2);
        this.mask = (1L << halfBits) - 1;
        for (int round = 0; round < ROUNDS; round++) {
            keys[round] = mix(seed + (round + 1) * 0x9E3779B97F4A7C15L);
        }
    }

    /// The number at a place.
    public long get(long place) {
        long value = place;
        do {
            value = permuted(value);
        } while (value >= size);
        return value;
    }

    private long permuted(long value) {
        long left = value >>> halfBits;
        long right = value & mask;
        for (long key : keys) {
            long next = left ^ (mix(right ^ key) & mask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }

    /// Random bits of a number: the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
    public static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
