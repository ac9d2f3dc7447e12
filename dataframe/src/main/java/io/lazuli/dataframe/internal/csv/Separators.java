package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Swar;
import java.lang.foreign.MemorySegment;

/// Finds delimiters and line breaks 64 bytes at a time: one bit a byte, and then the places of the bits. So the branch
/// that cannot be predicted, how many there are, is taken once for 64 bytes.
///
/// Source: Geoff Langdale and Daniel Lemire, "Parsing Gigabytes of JSON per Second" (2019), section 3.
final class Separators {
    /// Bytes looked at in one go; few enough that they and the places stay in the first cache.
    static final int STRETCH = 8 << 10;
    /// Instead of a count: the stretch has a quote.
    static final int QUOTED = -1;
    /// Bytes beyond the end of a stretch that are loaded.
    static final int PADDING = 64;

    private final long delimiters;
    private final long lineEnds;
    private final long quotes;
    private final int[] places = new int[STRETCH + 64];
    private boolean isWide;

    Separators(CsvDialect dialect) {
        this.delimiters = Swar.repeat(dialect.delimiter());
        this.lineEnds = Swar.repeat(dialect.lineEnd());
        this.quotes = Swar.repeat(dialect.quote());
    }

    int[] places() {
        return places;
    }

    /// Whether the last stretch has bytes that are not ASCII.
    boolean isWide() {
        return isWide;
    }

    /// Finds what is from `from` up to `to`, at most [#STRETCH] bytes, and returns how much it is, or [#QUOTED].
    int find(MemorySegment bytes, long from, long to, boolean mayHaveQuotes) {
        int count = 0;
        long quoted = 0;
        long wide = 0;
        for (long at = from; at < to; at += 64) {
            quoted |= quoted(bytes, at);
            wide |= any(bytes, at);
            long found = separated(bytes, at) & (to - at >= 64 ? -1L : (1L << to - at) - 1);
            for (; found != 0; found &= found - 1) {
                places[count++] = (int) at + Long.numberOfTrailingZeros(found);
            }
        }
        isWide = (wide & Swar.HIGH_BITS) != 0;
        return mayHaveQuotes && (quoted & Swar.HIGH_BITS) != 0 ? QUOTED : count;
    }

    /// Has a high bit if there is a quote in 64 bytes.
    private long quoted(MemorySegment bytes, long at) {
        return Swar.anyMatch(bytes.get(Layouts.LONG, at), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 8), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 16), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 24), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 32), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 40), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 48), quotes)
                | Swar.anyMatch(bytes.get(Layouts.LONG, at + 56), quotes);
    }

    /// The bits that any of eight words has.
    private static long any(MemorySegment bytes, long at) {
        return bytes.get(Layouts.LONG, at)
                | bytes.get(Layouts.LONG, at + 8)
                | bytes.get(Layouts.LONG, at + 16)
                | bytes.get(Layouts.LONG, at + 24)
                | bytes.get(Layouts.LONG, at + 32)
                | bytes.get(Layouts.LONG, at + 40)
                | bytes.get(Layouts.LONG, at + 48)
                | bytes.get(Layouts.LONG, at + 56);
    }

    /// A bit for each of 64 bytes: whether it is a delimiter or line break. Word by word the bits are laid side by
    /// side, which is a matrix of eight by eight with rows and columns exchanged. Unrolled by hand, because the
    /// compiler does not and it is nearly twice as fast.
    private long separated(MemorySegment bytes, long at) {
        return Swar.transposed(separated(bytes.get(Layouts.LONG, at)) >>> 7
                | separated(bytes.get(Layouts.LONG, at + 8)) >>> 6
                | separated(bytes.get(Layouts.LONG, at + 16)) >>> 5
                | separated(bytes.get(Layouts.LONG, at + 24)) >>> 4
                | separated(bytes.get(Layouts.LONG, at + 32)) >>> 3
                | separated(bytes.get(Layouts.LONG, at + 40)) >>> 2
                | separated(bytes.get(Layouts.LONG, at + 48)) >>> 1
                | separated(bytes.get(Layouts.LONG, at + 56)));
    }

    private long separated(long word) {
        return Swar.matchEither(word, delimiters, lineEnds);
    }
}
