package io.lazuli.dataframe.internal.kernel;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Some characters, to be taken away from the ends of texts.
public final class CharacterSet {
    public static final CharacterSet WHITE_SPACE = CharacterSet.of(" \t\n\u000B\f\r");

    /// Which ASCII characters are in it, a bit each.
    private final long low;
    private final long high;
    /// The other code points, ascending.
    private final int[] others;

    private CharacterSet(long low, long high, int[] others) {
        this.low = low;
        this.high = high;
        this.others = others;
    }

    /// The characters of a text.
    public static CharacterSet of(String characters) {
        int[] points = characters.codePoints().sorted().toArray();
        long low = Arrays.stream(points).filter(p -> p < 64).mapToLong(p -> 1L << p).reduce(0, (a, b) -> a | b);
        long high =
                Arrays.stream(points).filter(p -> p >= 64 && p < 128).mapToLong(p -> 1L << p).reduce(0,
                        (a, b) -> a | b);
        return new CharacterSet(low, high, Arrays.stream(points).filter(p -> p >= 128).toArray());
    }

    private boolean contains(int point) {
        return point < 128
                ? ((point < 64 ? low : high) >>> point & 1) != 0
                : others.length > 0 && Arrays.binarySearch(others, point) >= 0;
    }

    /// The first place from `start` that none of the characters stands at.
    long skip(MemorySegment bytes, long start, long end) {
        long at = start;
        while (at < end && contains(Utf8.decode(bytes, at, end))) {
            at = Utf8.next(bytes, at, end);
        }
        return at;
    }

    /// The last place up to `end` that none of the characters stands before.
    long skipBack(MemorySegment bytes, long start, long end) {
        long at = end;
        while (at > start) {
            byte last = bytes.get(Layouts.BYTE, at - 1);
            long previous = last >= 0 ? at - 1 : Utf8.previous(bytes, start, at);
            if (!contains(Utf8.decode(bytes, previous, at))) {
                return at;
            }
            at = previous;
        }
        return at;
    }
}
