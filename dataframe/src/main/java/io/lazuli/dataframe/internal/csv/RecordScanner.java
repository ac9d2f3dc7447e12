package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Finds the fields of records. Grammar as in RFC 4180, strictly: a quote stands only around a field or doubled within
/// it. So the number of quotes before a line break tells whether it ends a record, which is what cuts rely on.
///
/// Lines end in LF or CRLF. Blank lines are skipped, unless there is but one column: then they are empty fields.
///
/// Stretches of bytes without quotes take the fast way: all separators first, then record by record. The others go
/// eight bytes at a time.
final class RecordScanner {
    private static final long NEWLINES = Swar.repeat('\n');

    private final byte delimiter;
    /// The line break where quotes mean nothing: it is looked for anyway.
    private final byte quote;
    private final long delimiters;
    private final long quotes;
    private final Separators separators;
    private final int last;
    /// Where each column's fields go in `fields`; columns that nobody asked for share one place.
    private final int[] bases;
    private final long[] fields;
    private final boolean[] hasQuotes;
    private final CsvPlace place;
    /// Where the last scan stopped: after its last record.
    private long end;
    /// The field to come: its row and column, and where it starts.
    private int row;
    private int column;
    private long start;

    RecordScanner(CsvDialect dialect, int columnCount, List<Integer> columns, CsvPlace place) {
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.delimiters = Swar.repeat(delimiter);
        this.quotes = Swar.repeat(quote);
        this.separators = new Separators(dialect);
        this.last = columnCount - 1;
        this.place = place;
        this.bases = new int[columnCount];
        this.fields = new long[(columns.size() + 1) * Fields.ROWS];
        this.hasQuotes = new boolean[columns.size() + 1];
        Arrays.fill(bases, columns.size() * Fields.ROWS);
        for (int i = 0; i < columns.size(); i++) {
            bases[columns.get(i)] = i * Fields.ROWS;
        }
    }

    long[] fields() {
        return fields;
    }

    int base(int column) {
        return bases[column];
    }

    /// Whether a field of the column was quoted in the last scan.
    boolean hasQuotes(int column) {
        return hasQuotes[bases[column] / Fields.ROWS];
    }

    long end() {
        return end;
    }

    /// Scans whole records from `from`, at most [Fields#ROWS], and returns how many there are. Eight bytes from `to`
    /// must be zero, and [Separators#PADDING] readable. Errors: DATA for a record that is not well-formed.
    int scan(MemorySegment bytes, long from, long to) {
        Arrays.fill(hasQuotes, false);
        end = from;
        start = from;
        row = 0;
        column = 0;
        long position = from;
        while (position < to && row < Fields.ROWS) {
            long stop = Math.min(to, position + Separators.STRETCH);
            int count = separators.find(bytes, position, stop, quote != '\n');
            if (count != Separators.QUOTED) {
                takeAll(bytes, count);
                position = stop;
            } else {
                position = scanQuoted(bytes, position, stop, to);
            }
        }
        return row;
    }

    /// Takes the separators found, which are all that there are: whole records first, one by one where that does not
    /// fit.
    private void takeAll(MemorySegment bytes, int count) {
        int[] places = separators.places();
        int taken = 0;
        while (taken < count && row < Fields.ROWS) {
            taken = column == 0 ? takeRecords(bytes, places, taken, count) : taken;
            if (taken < count && row < Fields.ROWS) {
                take(bytes, places[taken++]);
            }
        }
    }

    /// Takes records as long as they are regular; returns how many separators are taken then.
    private int takeRecords(MemorySegment bytes, int[] places, int from, int count) {
        int taken = from;
        while (taken + last < count && row < Fields.ROWS) {
            long fieldStart = start;
            int irregular = 0;
            for (int c = 0; c < last; c++) {
                int at = places[taken + c];
                irregular |= bytes.get(Layouts.BYTE, at) ^ delimiter;
                fields[bases[c] + row] = fieldStart << 32 | at;
                fieldStart = at + 1;
            }
            int at = places[taken + last];
            boolean isCarriageReturn = at > fieldStart && bytes.get(Layouts.BYTE, at - 1) == '\r';
            if ((irregular | bytes.get(Layouts.BYTE, at) ^ '\n') != 0) {
                return taken;
            }
            fields[bases[last] + row] = fieldStart << 32 | (isCarriageReturn ? at - 1 : at);
            row++;
            start = at + 1;
            end = start;
            taken += last + 1;
        }
        return taken;
    }

    /// Ends a field at the separator at `at`.
    private void take(MemorySegment bytes, long at) {
        if (bytes.get(Layouts.BYTE, at) == '\n') {
            endRow(bytes, at);
            return;
        }
        if (column == last) {
            throw place.tooManyFields(at, last + 1);
        }
        fields[bases[column] + row] = start << 32 | at;
        column++;
        start = at + 1;
    }

    /// Ends a record at the line break at `at`, or skips a blank line.
    private void endRow(MemorySegment bytes, long at) {
        long fieldEnd = at > start && bytes.get(Layouts.BYTE, at - 1) == '\r' ? at - 1 : at;
        boolean isBlank = column == 0 && fieldEnd == start && last > 0;
        if (!isBlank && column != last) {
            throw place.tooFewFields(start, column + 1, last + 1);
        }
        if (!isBlank) {
            fields[bases[column] + row] = start << 32 | fieldEnd;
            row++;
        }
        column = 0;
        start = at + 1;
        end = start;
    }

    /// Scans from `from` until `stop` is reached outside of quotes, or the rows are full; returns how far it came, `to`
    /// if a quoted field is not all there.
    private long scanQuoted(MemorySegment bytes, long from, long stop, long to) {
        long position = from;
        scan:
        while (position < stop) {
            long word = bytes.get(Layouts.LONG, position);
            long separated = Swar.match(word, delimiters) | Swar.match(word, NEWLINES);
            for (long hits = separated | Swar.match(word, quotes); hits != 0; hits &= hits - 1) {
                long hit = hits & -hits;
                long at = position + (Long.numberOfTrailingZeros(hit) >>> 3);
                if ((separated & hit) == 0) {
                    position = takeQuoted(bytes, at, to);
                    if (row == Fields.ROWS) {
                        return position;
                    }
                    continue scan;
                }
                take(bytes, at);
                if (row == Fields.ROWS) {
                    return at + 1;
                }
            }
            position += 8;
        }
        return position;
    }

    /// Takes the quoted field that opens at `at`; returns what follows the delimiter or line break after it, `to` if
    /// that is not before it.
    private long takeQuoted(MemorySegment bytes, long at, long to) {
        if (at != start) {
            throw place.strayQuote(at);
        }
        long close = closingQuote(bytes, at + 1, to);
        long terminator = close < 0 ? -1 : terminator(bytes, (close & Fields.END) + 1, to);
        if (terminator < 0) {
            return to;
        }
        boolean endsRow = bytes.get(Layouts.BYTE, terminator) == '\n';
        if (endsRow && column != last) {
            throw place.tooFewFields(at, column + 1, last + 1);
        }
        if (!endsRow && column == last) {
            throw place.tooManyFields(at, last + 1);
        }
        fields[bases[column] + row] = at + 1 << 32 | (close | Fields.QUOTED) & 0xFFFFFFFFL;
        hasQuotes[bases[column] / Fields.ROWS] = true;
        start = terminator + 1;
        column++;
        if (endsRow) {
            column = 0;
            row++;
            end = start;
        }
        return start;
    }

    /// The quote that ends a field whose text starts at `from`, with [Fields#ESCAPED] if it holds doubled quotes; -1 if
    /// it is not before `to`, or may be half of a doubled one.
    private long closingQuote(MemorySegment bytes, long from, long to) {
        long escaped = 0;
        for (long position = from; position < to; ) {
            long hits = Swar.match(bytes.get(Layouts.LONG, position), quotes);
            if (hits == 0) {
                position += 8;
                continue;
            }
            long at = position + (Long.numberOfTrailingZeros(hits) >>> 3);
            if (at + 1 >= to) {
                return -1;
            }
            if (bytes.get(Layouts.BYTE, at + 1) != quote) {
                return at | escaped;
            }
            escaped = Fields.ESCAPED;
            position = at + 2;
        }
        return -1;
    }

    /// The delimiter or LF that follows a quoted field, at `at` or after a CR; -1 if it is not before `to`.
    private long terminator(MemorySegment bytes, long at, long to) {
        long position = bytes.get(Layouts.BYTE, at) == '\r' ? at + 1 : at;
        if (position >= to) {
            return -1;
        }
        byte next = bytes.get(Layouts.BYTE, position);
        if (next == '\n' || next == delimiter && position == at) {
            return position;
        }
        throw place.textAfterQuote(at);
    }
}
