package io.lazuli.dataframe.internal.csv;

/// Tricks on eight bytes at once, the first byte being the least significant.
final class Swar {
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long ZEROS = 0x3030303030303030L;

    private Swar() {}

    /// Eight copies of a byte.
    static long repeat(int value) {
        return (value & 0xFF) * 0x0101010101010101L;
    }

    /// The high bit of each byte of `word` that equals that of `pattern`. Exact: the cheaper forms take `-` after `,` for a comma.
    static long match(long word, long pattern) {
        long x = word ^ pattern;
        return ~((x & LOW_BITS) + LOW_BITS | x | LOW_BITS);
    }

    /// The values of the first `count` (1 to 8) digits of `word`, with zeros before them so that there are eight.
    static long digits(long word, int count) {
        return (word ^ ZEROS) << 64 - 8 * count;
    }

    /// Whether all bytes of [#digits] are 0 to 9.
    static boolean areDigits(long digits) {
        return ((digits + 0x7676767676767676L | digits) & 0x8080808080808080L) == 0;
    }

    /// The number that eight digits mean.
    ///
    /// Source: Daniel Lemire, "Quickly parsing eight digits" (2018).
    static long number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                        + (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }
}
