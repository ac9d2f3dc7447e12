package io.lazuli.graph.pass;

import java.util.ArrayList;
import java.util.List;

/// A set of numbers below a bound that gives its least: a tree of bits with 64 children a node, so that adding and taking
/// touch one word for each factor of 64 of the bound.
///
/// ```
///   level 1   ....0101     bit i: word i below has a bit
///   level 0   0110....     bit i: number i is in the set
/// ```
final class ReadySet {
    private final long[][] levels;

    ReadySet(int bound) {
        List<long[]> words = new ArrayList<>();
        int count = bound;
        do {
            count = Math.ceilDiv(count, Long.SIZE);
            words.add(new long[Math.max(1, count)]);
        } while (count > 1);
        levels = words.toArray(long[][]::new);
    }

    void add(int number) {
        int bit = number;
        for (long[] level : levels) {
            level[bit >> 6] |= 1L << bit;
            bit >>= 6;
        }
    }

    boolean isEmpty() {
        return levels[levels.length - 1][0] == 0;
    }

    /// Takes the least number out. Must not be empty.
    int takeLeast() {
        int word = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            word = (word << 6) + Long.numberOfTrailingZeros(levels[level][word]);
        }
        int least = word;
        int bit = least;
        for (long[] level : levels) {
            level[bit >> 6] &= ~(1L << bit);
            if (level[bit >> 6] != 0) {
                break;
            }
            bit >>= 6;
        }
        return least;
    }
}
