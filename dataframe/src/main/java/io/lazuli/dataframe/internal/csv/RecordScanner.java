package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Finds the fields of records, eight bytes at a time. Grammar as in RFC 4180, strictly: a quote stands only around a field or
/// doubled within it. So the number of quotes before a line break tells whether it ends a record, which is what cuts rely on.
///
/// Lines end in LF or CRLF. Blank lines are skipped, unless there is but one column: then they are empty fields.
final class RecordScanner {
    private static final long NEWLINES = Swar.repeat('\n');

    private final byte delimiter;
    private final byte quote;
    private final long delimiters;
    /// The line break where quotes mean nothing: it is looked for anyway.
    private final long quotes;
    private final int columnCount;
    /// Where each column's fields go in `fields`; columns that nobody asked for share one place.
    private final int[] bases;
    private final long[] fields;
    private final boolean[] hasQuotes;
    private final CsvPlace place;
    /// Where the last scan stopped: after its last record.
    private long end;

    RecordScanner(CsvDialect dialect, int columnCount, List<Integer> columns, CsvPlace place) {
        this.delimiter = dialect.delimiter();
        this.quote = dialect.quote();
        this.delimiters = Swar.repeat(delimiter);
        this.quotes = Swar.repeat(quote);
        this.columnCount = columnCount;
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

    /// Scans whole records from `from`, at most [Fields#ROWS], and returns how many there are. Eight bytes from `to` must be
    /// readable and zero. Errors: DATA for a record that is not well-formed.
    int scan(MemorySegment bytes, long from, long to) {
        Arrays.fill(hasQuotes, false);
        end = from;
        int row = 0;
        int column = 0;
        long start = from;
        long position = from;
        scan:
        while (position < to) {
            long word = bytes.get(Layouts.LONG, position);
            long newlines = Swar.match(word, NEWLINES);
            long delimited = Swar.match(word, delimiters);
            for (long hits = newlines | delimited | Swar.match(word, quotes); hits != 0; hits &= hits - 1) {
                long hit = hits & -hits;
                long at = position + (Long.numberOfTrailingZeros(hit) >>> 3);
                if ((delimited & hit) != 0) {
                    if (column == columnCount - 1) {
                        throw place.tooManyFields(at, columnCount);
                    }
                    fields[bases[column] + row] = start << 32 | at;
                    column++;
                    start = at + 1;
                } else if ((newlines & hit) != 0) {
                    row += endRow(bytes, row, column, start, at);
                    column = 0;
                    start = at + 1;
                    end = start;
                    if (row == Fields.ROWS) {
                        return row;
                    }
                } else {
                    long next = quotedField(bytes, row, column, start, at, to);
                    if (next < 0) {
                        return row;
                    }
                    start = next;
                    position = next;
                    column++;
                    if (bytes.get(Layouts.BYTE, next - 1) == '\n') {
                        column = 0;
                        end = next;
                        if (++row == Fields.ROWS) {
                            return row;
                        }
                    }
                    continue scan;
                }
            }
            position += 8;
        }
        return row;
    }

    /// Ends a record at the line break at `at`; returns 0 if the line is blank.
    private int endRow(MemorySegment bytes, int row, int column, long start, long at) {
        long fieldEnd = at > start && bytes.get(Layouts.BYTE, at - 1) == '\r' ? at - 1 : at;
        if (column != columnCount - 1) {
            if (column == 0 && fieldEnd == start) {
                return 0;
            }
            throw place.tooFewFields(start, column + 1, columnCount);
        }
        fields[bases[column] + row] = start << 32 | fieldEnd;
        return 1;
    }

    /// Takes the quoted field that opens at `at`; returns what follows the delimiter or line break after it, -1 if that is not
    /// before `to`.
    private long quotedField(MemorySegment bytes, int row, int column, long start, long at, long to) {
        if (at != start) {
            throw place.strayQuote(at);
        }
        long close = closingQuote(bytes, at + 1, to);
        long terminator = close < 0 ? -1 : terminator(bytes, (close & Fields.END) + 1, to);
        if (terminator < 0) {
            return -1;
        }
        boolean isLast = bytes.get(Layouts.BYTE, terminator) == '\n';
        if (isLast && column != columnCount - 1) {
            throw place.tooFewFields(at, column + 1, columnCount);
        }
        if (!isLast && column == columnCount - 1) {
            throw place.tooManyFields(at, columnCount);
        }
        fields[bases[column] + row] = at + 1 << 32 | (close | Fields.QUOTED) & 0xFFFFFFFFL;
        hasQuotes[bases[column] / Fields.ROWS] = true;
        return terminator + 1;
    }

    /// The quote that ends a field whose text starts at `from`, with [Fields#ESCAPED] if it holds doubled quotes; -1 if it is not
    /// before `to`, or may be half of a doubled one.
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
