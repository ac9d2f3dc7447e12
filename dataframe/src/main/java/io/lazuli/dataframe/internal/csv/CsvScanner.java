package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.text.BadRowLog;
import io.lazuli.dataframe.internal.text.Fields;
import io.lazuli.dataframe.internal.text.Lines;
import io.lazuli.dataframe.internal.text.Malformed;
import io.lazuli.dataframe.internal.text.RecordScanner;
import io.lazuli.dataframe.internal.text.Swar;
import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Finds the fields of CSV records. Grammar as in RFC 4180, strictly: a quote stands only around a field or doubled within
/// it. So the number of quotes before a line break tells whether it ends a record, which is what cuts rely on.
///
/// Lines end in LF or CRLF, or all in CR. Blank lines are skipped, unless there is but one column: then they are empty
/// fields.
///
/// Stretches of bytes without quotes take the fast way: all separators first, then record by record. The others go
/// eight bytes at a time.
///
/// Invariant: `end` is where the record starts that is being scanned.
final class CsvScanner implements RecordScanner {
    private final CsvDialect dialect;
    private final byte delimiter;
    private final byte lineEnd;
    private final byte quote;
    private final boolean hasComments;
    private final long delimiters;
    private final long lineEnds;
    private final long quotes;
    private final long escapes;
    private final Separators separators;
    private final BadRowLog badRows;
    private final int last;
    private final int rowLimit;
    /// The columns that are wanted, and where their fields go.
    private final int[] columns;
    private final int[] bases;
    /// Where each column's fields go; columns that nobody asked for share one place.
    private final int[] places;
    private final long[] fields;
    private final boolean[] hasQuotes;
    /// Whether there were bytes in the last scan that are not ASCII.
    private boolean isWide;
    private long end;
    /// The field to come: its row and column, and where it starts.
    private int row;
    private int column;
    private long start;

    CsvScanner(CsvDialect dialect, int columnCount, List<Integer> wanted, BadRowLog badRows) {
        this.dialect = dialect;
        this.delimiter = dialect.delimiter();
        this.lineEnd = dialect.lineEnd();
        this.quote = dialect.quote();
        this.hasComments = dialect.comment() != CsvDialect.NONE;
        this.delimiters = Swar.repeat(delimiter);
        this.lineEnds = Swar.repeat(lineEnd);
        this.quotes = Swar.repeat(quote);
        this.escapes = Swar.repeat(dialect.escape());
        this.separators = new Separators(dialect);
        this.badRows = badRows;
        this.last = columnCount - 1;
        this.rowLimit = Fields.rows(wanted.size() + 1);
        this.columns = wanted.stream().mapToInt(Integer::intValue).toArray();
        this.bases = new int[columns.length];
        this.places = new int[columnCount];
        this.fields = new long[(columns.length + 1) * rowLimit];
        this.hasQuotes = new boolean[columns.length + 1];
        Arrays.fill(places, columns.length * rowLimit);
        for (int i = 0; i < columns.length; i++) {
            bases[i] = i * rowLimit;
            places[columns[i]] = bases[i];
        }
    }

    @Override
    public long[] fields() {
        return fields;
    }

    @Override
    public int base(int slot) {
        return slot * rowLimit;
    }

    /// Whether a field of the column was quoted in the last scan.
    boolean hasQuotes(int slot) {
        return hasQuotes[slot];
    }

    /// Quoted fields may reach beyond what was looked at.
    @Override
    public boolean mayBeWide(int slot) {
        return isWide || hasQuotes[slot];
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public int scan(MemorySegment bytes, long from, long to) {
        begin(from);
        long position = from;
        while (position < to && row < rowLimit) {
            try {
                position = advance(bytes, position, to);
            } catch (Malformed malformed) {
                position = recover(bytes, to, malformed);
            }
        }
        return row;
    }

    private void begin(long from) {
        Arrays.fill(hasQuotes, false);
        isWide = false;
        end = from;
        start = from;
        row = 0;
        column = 0;
    }

    /// Scans a stretch; returns how far it came.
    private long advance(MemorySegment bytes, long position, long to) {
        long stop = Math.min(to, position + Separators.STRETCH);
        int count = separators.find(bytes, position, stop, dialect.hasQuotes());
        isWide |= separators.isWide();
        if (count == Separators.QUOTED) {
            return scanQuoted(bytes, position, stop, to);
        }
        takeAll(bytes, count);
        return stop;
    }

    /// Goes on after a record that is not well-formed; returns where, `to` if its line is not all there.
    private long recover(MemorySegment bytes, long to, Malformed malformed) {
        long next = Lines.after(bytes, malformed.offset(), to, lineEnd, badRows.isStrict() ? to : -1);
        if (next < 0) {
            return to;
        }
        badRows.add(malformed);
        endMalformed(next);
        return next;
    }

    @Override
    public int giveUp(MemorySegment bytes, long from, long to, Malformed reason) {
        begin(from);
        long next = Lines.after(bytes, from, to, lineEnd, -1);
        if (next < 0) {
            throw badRows.error(reason);
        }
        badRows.add(reason);
        endMalformed(next);
        return row;
    }

    private void endMalformed(long next) {
        if (!badRows.skipsRows()) {
            for (int c = column; c <= last; c++) {
                fields[places[c] + row] = Fields.MISSING;
            }
            row++;
        }
        column = 0;
        start = next;
        end = next;
    }

    /// Takes the separators found, which are all that there are: whole records first, one by one where that does not
    /// fit.
    private void takeAll(MemorySegment bytes, int count) {
        int[] found = separators.places();
        int taken = 0;
        while (taken < count && row < rowLimit) {
            taken = column == 0 ? takeRecords(bytes, found, taken, count) : taken;
            if (taken < count && row < rowLimit) {
                take(bytes, found[taken++]);
            }
        }
    }

    /// Takes records as long as they are regular; returns how many separators are taken then.
    private int takeRecords(MemorySegment bytes, int[] found, int from, int count) {
        int taken = from;
        while (taken + last < count && row < rowLimit) {
            int irregular = 0;
            for (int c = taken; c < taken + last; c++) {
                irregular |= bytes.get(Layouts.BYTE, found[c]) ^ delimiter;
            }
            int at = found[taken + last];
            irregular |= bytes.get(Layouts.BYTE, at) ^ lineEnd;
            if (irregular != 0 || hasComments && isComment(bytes)) {
                return taken;
            }
            for (int i = 0; i < columns.length; i++) {
                int c = columns[i];
                long fieldStart = c == 0 ? start : found[taken + c - 1] + 1;
                long fieldEnd = c == last ? lineEnd(bytes, fieldStart, at) : found[taken + c];
                fields[bases[i] + row] = fieldStart << 32 | fieldEnd;
            }
            row++;
            start = at + 1;
            end = start;
            taken += last + 1;
        }
        return taken;
    }

    private boolean isComment(MemorySegment bytes) {
        return (bytes.get(Layouts.BYTE, start) & 0xFF) == dialect.comment();
    }

    /// Where the last field of a line ends: before a CR that belongs to the line break at `at`.
    private static long lineEnd(MemorySegment bytes, long fieldStart, long at) {
        return at > fieldStart && bytes.get(Layouts.BYTE, at - 1) == '\r' ? at - 1 : at;
    }

    /// Ends a field at the separator at `at`.
    private void take(MemorySegment bytes, long at) {
        boolean endsRow = bytes.get(Layouts.BYTE, at) == lineEnd;
        if (column == 0 && hasComments && isComment(bytes)) {
            skipLine(endsRow ? at : start - 1);
            return;
        }
        if (endsRow) {
            endRow(bytes, at);
            return;
        }
        fields[places[column] + row] = start << 32 | at;
        column++;
        start = at + 1;
        if (column > last) {
            throw new Malformed(at, TextErrors.tooManyFields(last + 1));
        }
    }

    private void skipLine(long at) {
        start = at + 1;
        end = start;
    }

    /// Ends a record at the line break at `at`, or skips a blank line.
    private void endRow(MemorySegment bytes, long at) {
        long fieldEnd = lineEnd(bytes, start, at);
        if (column == 0 && fieldEnd == start && last > 0) {
            skipLine(at);
            return;
        }
        fields[places[column] + row] = start << 32 | fieldEnd;
        column++;
        if (column <= last) {
            throw new Malformed(at, TextErrors.tooFewFields(column, last + 1));
        }
        column = 0;
        row++;
        skipLine(at);
    }

    /// Scans from `from` until `stop` is reached outside of quotes, or the rows are full; returns how far it came, `to`
    /// if a quoted field is not all there.
    private long scanQuoted(MemorySegment bytes, long from, long stop, long to) {
        long position = from;
        scan:
        while (position < stop) {
            long word = bytes.get(Layouts.LONG, position);
            long separated = Swar.match(word, delimiters) | Swar.match(word, lineEnds);
            for (long hits = separated | Swar.match(word, quotes); hits != 0; hits &= hits - 1) {
                long hit = hits & -hits;
                long at = position + (Long.numberOfTrailingZeros(hit) >>> 3);
                if (at >= stop) {
                    return stop;
                }
                if ((separated & hit) == 0) {
                    position = takeQuoted(bytes, at, to);
                    if (row == rowLimit) {
                        return position;
                    }
                    continue scan;
                }
                take(bytes, at);
                if (row == rowLimit) {
                    return at + 1;
                }
            }
            position += 8;
        }
        return Math.min(position, to);
    }

    /// Takes the quoted field that opens at `at`; returns what follows the delimiter or line break after it, `to` if
    /// that is not before it.
    private long takeQuoted(MemorySegment bytes, long at, long to) {
        if (column == 0 && hasComments && isComment(bytes)) {
            return at + 1;
        }
        if (at != start) {
            throw new Malformed(at, TextErrors.strayQuote());
        }
        long close = closingQuote(bytes, at + 1, to);
        long terminator = close < 0 ? -1 : terminator(bytes, (close & Fields.END) + 1, to);
        if (terminator < 0) {
            return to;
        }
        fields[places[column] + row] = at + 1 << 32 | (close | Fields.QUOTED) & 0xFFFFFFFFL;
        hasQuotes[places[column] / rowLimit] = true;
        start = terminator + 1;
        column++;
        boolean endsRow = bytes.get(Layouts.BYTE, terminator) == lineEnd;
        if (endsRow && column <= last) {
            throw new Malformed(terminator, TextErrors.tooFewFields(column, last + 1));
        }
        if (!endsRow && column > last) {
            throw new Malformed(terminator, TextErrors.tooManyFields(last + 1));
        }
        if (endsRow) {
            column = 0;
            row++;
            end = start;
        }
        return start;
    }

    /// The quote that ends a field whose text starts at `from`, with [Fields#ESCAPED] if quotes within are escaped; -1 if
    /// it is not before `to`, or may be half of a doubled one.
    private long closingQuote(MemorySegment bytes, long from, long to) {
        long escaped = 0;
        for (long position = from; position < to;) {
            long word = bytes.get(Layouts.LONG, position);
            long hits = Swar.match(word, quotes) | Swar.match(word, escapes);
            if (hits == 0) {
                position += 8;
                continue;
            }
            long at = position + (Long.numberOfTrailingZeros(hits) >>> 3);
            if (at + 1 >= to) {
                return -1;
            }
            boolean isQuote = bytes.get(Layouts.BYTE, at) == quote;
            if (isQuote && bytes.get(Layouts.BYTE, at + 1) != quote) {
                return at | escaped;
            }
            escaped = Fields.ESCAPED;
            position = at + 2;
        }
        return -1;
    }

    /// The delimiter or line break that follows a quoted field, at `at` or after a CR; -1 if it is not before `to`.
    private long terminator(MemorySegment bytes, long at, long to) {
        boolean isReturn = at < to && bytes.get(Layouts.BYTE, at) == '\r' && lineEnd == '\n';
        long position = isReturn ? at + 1 : at;
        if (position >= to) {
            return -1;
        }
        byte next = bytes.get(Layouts.BYTE, position);
        if (next == lineEnd || next == delimiter && position == at) {
            return position;
        }
        throw new Malformed(at, TextErrors.textAfterQuote());
    }

    @Override
    public void clean(MemorySegment bytes, int slot, DataType type, int rows) {
        int base = base(slot);
        if (hasQuotes[slot]) {
            Quotes.unescape(bytes, fields, base, rows, quote, dialect.escape());
        }
        if (type == DataType.UTF8 && !dialect.emptyIsNull()) {
            Fields.quoteEmpty(fields, base, rows);
        }
        if (dialect.nulls().length > 0) {
            Fields.clearNulls(bytes, fields, base, rows, dialect.nulls());
        }
        if (isSwapped(type)) {
            Quotes.swap(bytes, fields, base, rows, dialect.decimal(), (byte) '.');
        }
    }

    /// Whether a column has another sign than a point between whole and fraction.
    private boolean isSwapped(DataType type) {
        return dialect.decimal() != '.' && (type == DataType.FLOAT64 || type instanceof DataType.Decimal);
    }

    /// Of texts, a quoted empty field is a value.
    @Override
    public int presence(DataType type) {
        return type == DataType.UTF8 ? -1 : Fields.END;
    }

    @Override
    public String shown(String text, DataType type) {
        return isSwapped(type) ? Quotes.swapped(text, (char) dialect.decimal(), '.') : text;
    }
}
