package io.lazuli.dataframe.internal.operator.aggregate;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// HyperLogLog sketches of sets of hashes in stretches of memory. The first bits of a hash choose one of 4,096 registers, which
/// keeps the most leading zeros of the rest, plus one: its rank. What is kept depends on the set alone, not on how it came.
///
/// A sketch of few is a hash table of entries, registers with their ranks, of a power of two of bytes; one of many is all registers.
/// Where the table would be as large as these, these it is.
///
/// ```
///   32 .. 2048 bytes   | register, rank | 0 | register, rank | ...      ints, at most three quarters of them used
///   4096 bytes         | rank | rank | ...                              a byte each, 0 for none
/// ```
///
/// Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation algorithm" (2007).
/// Estimate after Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), which needs no tables of bias.
final class Sketches {
    static final int LEAST_BYTES = 32;
    /// Of a sketch that is all registers.
    static final int MOST_BYTES = 1 << 12;
    private static final int REGISTER_BITS = 12;
    private static final int RANK_BITS = 6;
    private static final int HIGHEST_RANK = Long.SIZE - REGISTER_BITS + 1;

    private Sketches() {}

    /// Register and rank of a hash; never 0.
    static int entry(long hash) {
        int register = (int) (hash >>> Long.SIZE - REGISTER_BITS);
        // a bit behind the last one ends the zeros
        int rank = Long.numberOfLeadingZeros(hash << REGISTER_BITS | 1L << REGISTER_BITS - 1) + 1;
        return register << RANK_BITS | rank;
    }

    private static int rank(int entry) {
        return entry & (1 << RANK_BITS) - 1;
    }

    static boolean isTable(int byteSize) {
        return byteSize < MOST_BYTES;
    }

    /// Entries that a table of so many bytes may hold.
    static int mostEntries(int byteSize) {
        return byteSize / Integer.BYTES * 3 / 4;
    }

    /// Adds an entry to a table that has room; returns whether its register was not there.
    static boolean addToTable(MemorySegment data, long start, int byteSize, int entry) {
        int mask = byteSize / Integer.BYTES - 1;
        for (int slot = entry >>> RANK_BITS & mask; ; slot = slot + 1 & mask) {
            long at = start + slot * 4L;
            int found = data.get(Layouts.INT, at);
            if (found == 0 || found >>> RANK_BITS == entry >>> RANK_BITS) {
                // of one register the higher entry has the higher rank
                data.set(Layouts.INT, at, Math.max(found, entry));
                return found == 0;
            }
        }
    }

    static void addToRegisters(MemorySegment data, long start, int entry) {
        long at = start + (entry >>> RANK_BITS);
        data.set(Layouts.BYTE, at, (byte) Math.max(data.get(Layouts.BYTE, at), rank(entry)));
    }

    /// Adds all registers of one sketch to those of another.
    static void addRegisters(MemorySegment from, long start, MemorySegment data, long to) {
        for (int r = 0; r < MOST_BYTES; r++) {
            byte other = from.get(Layouts.BYTE, start + r);
            data.set(Layouts.BYTE, to + r, (byte) Math.max(data.get(Layouts.BYTE, to + r), other));
        }
    }

    /// About how many hashes were added.
    ///
    /// @param rankCounts scratch of [#newRankCounts]
    static long estimate(MemorySegment data, long start, int byteSize, int[] rankCounts) {
        Arrays.fill(rankCounts, 0);
        if (isTable(byteSize)) {
            for (long at = start; at < start + byteSize; at += Integer.BYTES) {
                rankCounts[rank(data.get(Layouts.INT, at))]++;
            }
            rankCounts[0] += MOST_BYTES - byteSize / Integer.BYTES;
        } else {
            for (long at = start; at < start + byteSize; at++) {
                rankCounts[data.get(Layouts.BYTE, at)]++;
            }
        }
        return Math.round(estimate(rankCounts));
    }

    static int[] newRankCounts() {
        return new int[HIGHEST_RANK + 1];
    }

    private static double estimate(int[] rankCounts) {
        double m = MOST_BYTES;
        double z = m * tau(1 - rankCounts[HIGHEST_RANK] / m);
        for (int rank = HIGHEST_RANK - 1; rank > 0; rank--) {
            z = (z + rankCounts[rank]) / 2;
        }
        return m * m / (2 * Math.log(2) * (z + m * sigma(rankCounts[0] / m)));
    }

    /// The share of registers that were never hit, as what it adds to the harmonic sum.
    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = share;
        double weight = 1;
        double sum = share;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * weight;
            weight *= 2;
        } while (sum != before);
        return sum;
    }

    /// The same of registers at the highest rank.
    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double root = share;
        double weight = 1;
        double sum = 1 - share;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            weight /= 2;
            sum -= (1 - root) * (1 - root) * weight;
        } while (sum != before);
        return sum / 3;
    }
}
