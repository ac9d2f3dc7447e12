package io.lazuli.dataframe.internal.text;

/// Tricks on eight bytes at once, the first byte being the least significant.
public final class Swar {
    public static final long HIGH_BITS = 0x8080808080808080L;

    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long ZEROS = 0x3030303030303030L;

    private Swar() {}

    /// Eight copies of a byte.
    public static long repeat(int value) {
        return (value & 0xFF) * 0x0101010101010101L;
    }

    /// The high bit of each byte of `word` that equals that of `pattern`. Exact: the cheaper forms take `-` after `,`
    /// for a comma.
    public static long match(long word, long pattern) {
        long x = word ^ pattern;
        return ~((x & LOW_BITS) + LOW_BITS | x | LOW_BITS);
    }

    /// As [#match], of bytes that equal that of one pattern or the other.
    public static long matchEither(long word, long pattern, long other) {
        long x = word ^ pattern;
        long y = word ^ other;
        return ~(((x & LOW_BITS) + LOW_BITS | x) & ((y & LOW_BITS) + LOW_BITS | y)) & HIGH_BITS;
    }

    /// Has a high bit if some byte of `word` equals that of `pattern`; cheaper than [#match], but does not tell which,
    /// and the other bits mean nothing.
    public static long anyMatch(long word, long pattern) {
        long x = word ^ pattern;
        return x - 0x0101010101010101L & ~x;
    }

    /// Bit `8 i + j` becomes bit `8 j + i`.
    ///
    /// Source: Henry S. Warren, "Hacker's Delight", section 7-3.
    public static long transposed(long matrix) {
        long x = matrix;
        long moved = (x ^ x >>> 7) & 0x00AA00AA00AA00AAL;
        x ^= moved ^ moved << 7;
        moved = (x ^ x >>> 14) & 0x0000CCCC0000CCCCL;
        x ^= moved ^ moved << 14;
        moved = (x ^ x >>> 28) & 0x00000000F0F0F0F0L;
        return x ^ moved ^ moved << 28;
    }

    /// The values of the first `count` (1 to 8) digits of `word`, with zeros before them so that there are eight.
    public static long digits(long word, int count) {
        return (word ^ ZEROS) << 64 - 8 * count;
    }

    /// Whether all bytes of [#digits] are 0 to 9.
    public static boolean areDigits(long digits) {
        return ((digits + 0x7676767676767676L | digits) & HIGH_BITS) == 0;
    }

    /// The number that eight digits mean.
    ///
    /// Source: Daniel Lemire, "Quickly parsing eight digits" (2018).
    public static long number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return ((pairs & 0x000000FF000000FFL) * 0x000F424000000064L
                + (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L)
                >>> 32;
    }
}
