package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.Swar;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;

/// Cuts a file where records start. A line break ends a record if an even number of quotes is before it; so where there
/// are quotes, one pass counts them.
///
/// The pass is left out where no quote is near any cut. Should a cut then fall into a quoted text all the same (one
/// that is longer than what was looked at), the task before it ends within quotes and fails; nothing is ever read
/// wrongly.
final class CsvCuts {
    /// How far around a cut quotes are looked for.
    private static final int NEAR = 256 << 10;
    private static final int PIECE = 1 << 20;

    private final FileChannel channel;
    private final long quotes;
    private final byte quote;
    private final byte lineEnd;
    private final long lineEnds;
    private final byte[] bytes = new byte[PIECE + 8];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);

    private CsvCuts(FileChannel channel, byte quote, byte lineEnd) {
        this.channel = channel;
        this.quote = quote;
        this.lineEnd = lineEnd;
        this.quotes = Swar.repeat(quote);
        this.lineEnds = Swar.repeat(lineEnd);
    }

    /// Where at most `count` ranges of about equal size start, from `start` to `end` of the file; the last element is
    /// `end`.
    ///
    /// @param countQuotes whether quotes are known to matter
    static List<Long> of(FileChannel channel, long start, long end, int count, CsvDialect dialect, boolean countQuotes)
            throws IOException {
        CsvCuts cuts = new CsvCuts(channel, dialect.quote(), dialect.lineEnd());
        List<Long> wanted = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            wanted.add(start + (long) ((end - start) * ((double) i / count)));
        }
        boolean mayHoldBreaks = dialect.hasQuotes() && (countQuotes || cuts.hasQuotesNear(wanted, end));
        List<Long> starts = new ArrayList<>(List.of(start));
        long counted = start;
        boolean isQuoted = false;
        for (long cut : wanted) {
            if (cut <= starts.getLast()) {
                continue;
            }
            // The line break that ends the record before may be right before the cut.
            long from = cut - 1;
            if (mayHoldBreaks) {
                isQuoted ^= cuts.isOdd(counted, from);
                counted = from;
            }
            long next = cuts.recordAfter(from, end, isQuoted, mayHoldBreaks);
            if (next == end) {
                // no line break follows: the cuts after this one need not look for it again
                break;
            }
            starts.add(next);
        }
        starts.add(end);
        return starts;
    }

    /// Whether a part of a file holds a quote at all.
    static boolean hasQuotes(FileChannel channel, long start, long end, CsvDialect dialect) throws IOException {
        return dialect.hasQuotes()
                && new CsvCuts(channel, dialect.quote(), dialect.lineEnd()).quotes(start, end) > 0;
    }

    private boolean hasQuotesNear(List<Long> cuts, long end) throws IOException {
        for (long cut : cuts) {
            if (quotes(Math.max(0, cut - NEAR), Math.min(end, cut + NEAR)) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isOdd(long from, long to) throws IOException {
        return (quotes(from, to) & 1) != 0;
    }

    /// How many quotes are in a range of the file.
    private long quotes(long from, long to) throws IOException {
        long count = 0;
        for (long at = from; at < to; at += PIECE) {
            int length = read(at, to);
            for (int i = 0; i < length; i += 8) {
                count += Long.bitCount(Swar.match(segment.get(Layouts.LONG, i), quotes));
            }
        }
        return count;
    }

    /// What follows the first line break from `from` that is not quoted.
    private long recordAfter(long from, long end, boolean isQuoted, boolean mayHoldBreaks) throws IOException {
        boolean isInside = isQuoted;
        for (long at = from; at < end; at += PIECE) {
            int length = read(at, end);
            for (int i = nextMark(0, length); i < length; i = nextMark(i + 1, length)) {
                isInside ^= mayHoldBreaks && bytes[i] == quote;
                if (bytes[i] == lineEnd && !isInside) {
                    return at + i + 1;
                }
            }
        }
        return end;
    }

    /// Where the next quote or line break is, from `from`; `length` if there is none before.
    private int nextMark(int from, int length) {
        for (int i = from; i < length; i += 8) {
            long word = segment.get(Layouts.LONG, i);
            long hits = Swar.match(word, quotes) | Swar.match(word, lineEnds);
            if (hits != 0) {
                return Math.min(length, i + (Long.numberOfTrailingZeros(hits) >>> 3));
            }
        }
        return length;
    }

    /// Reads a piece that starts at `from`; eight zeros follow it.
    private int read(long from, long to) throws IOException {
        int length = (int) Math.min(PIECE, to - from);
        ByteBuffer target = ByteBuffer.wrap(bytes, 0, length);
        while (target.hasRemaining()) {
            if (channel.read(target, from + target.position()) < 0) {
                throw new EOFException("the file was cut off while it was read");
            }
        }
        segment.set(Layouts.LONG, length, 0);
        return length;
    }
}
