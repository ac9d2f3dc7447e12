package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.dataframe.internal.TextErrors.Flaw;
import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Bits;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Layouts;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.graph.error.LazuliException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads a part of a text file: a scanner finds the fields of a batch of records, then they become values column by
/// column. Texts refer into the window of bytes, which stays until the next batch.
///
/// ```
///   window of bytes ──▶ scanner ──▶ fields, by column ──▶ values, by column
///        ▲ moves on                    │ bad ones            │ bad ones
///        └───────── next batch         └──▶ bad row log ◀────┘
/// ```
public final class TextReader implements BatchReader {
    /// Bytes of a bad value that are looked at to show it.
    private static final int SHOWN_BYTES = 400;

    private final TextScan scan;
    private final Scratch scratch;
    private final TextWindow window;
    private final BadRowLog badRows;
    private final RecordScanner scanner;
    private final String name;
    private final byte[] path;
    /// Rows of the batch in flight that are to be left out; empty where none can be.
    private final long[] skipped;
    private boolean isAtEnd;

    /// @param scanner is given the log of bad rows
    public TextReader(TextScan scan, TextFile file, long start, long end, Scratch scratch,
            Function<BadRowLog, RecordScanner> scanner) {
        this.scan = scan;
        this.scratch = scratch;
        this.badRows = BadRowLog.of(scan.badRows(), scan.format(), file, start, scan.report());
        this.scanner = scanner.apply(badRows);
        this.name = file.path();
        this.path = file.path().getBytes(StandardCharsets.UTF_8);
        this.skipped = new long[badRows.skipsRows() ? Bits.wordCount(Fields.ROWS) : 0];
        this.window = new TextWindow(file, start, end, scan.recordBytes(), scratch.memory());
    }

    @Override
    public Optional<Batch> next() {
        try {
            return read();
        } catch (LazuliException e) {
            // what looks like a bad row may be another file by now
            window.checkUnchanged();
            long from = window.start() + window.from();
            throw FileErrors.placed("%s file '%s' from byte %,d".formatted(scan.format(), name, from), e);
        }
    }

    private Optional<Batch> read() {
        while (!isAtEnd) {
            int rows = badRows.skipsRows() ? withoutBadRows(scan()) : scan();
            if (rows > 0) {
                return Optional.of(batch(rows));
            }
        }
        return Optional.empty();
    }

    /// Finds the next records. None at the end, or where all of them are left out.
    private int scan() {
        boolean isStuck = false;
        while (true) {
            if (isStuck && window.isFull()) {
                return giveUp(TextErrors.recordTooLong(scan.recordBytes()));
            }
            if (isStuck || window.isLow()) {
                window.move();
                badRows.moveTo(window.start());
            }
            int rows = cleaned(scanner.scan(window.bytes(), window.from(), window.to()));
            isStuck = scanner.end() == window.from();
            window.consumeTo(scanner.end());
            if (rows > 0) {
                return rows;
            }
            if (window.isLast() && window.from() == window.to()) {
                isAtEnd = true;
                badRows.close();
                return 0;
            }
            if (isStuck && window.isLast()) {
                return giveUp(TextErrors.openQuote());
            }
            // Only blank lines, or a record that the window does not hold whole.
            isStuck = !window.isLast();
        }
    }

    private int giveUp(Flaw flaw) {
        Malformed reason = new Malformed(window.from(), flaw);
        int rows = cleaned(scanner.giveUp(window.bytes(), window.from(), window.to(), reason));
        window.consumeTo(scanner.end());
        return rows;
    }

    private int cleaned(int rows) {
        for (int slot = 0; slot < scan.columns().size(); slot++) {
            scanner.clean(window.bytes(), slot, scan.columns().get(slot).type(), rows);
        }
        return rows;
    }

    private Batch batch(int rows) {
        List<Column> batch = new ArrayList<>(scan.wanted().size());
        for (int slot : scan.wanted()) {
            batch.add(slot == TextScan.PATH ? pathColumn(rows) : convert(slot, rows));
        }
        return new Batch(rows, batch);
    }

    private Column pathColumn(int rows) {
        MemorySegment data = scratch.allocate(path.length + 16L);
        MemorySegment.copy(path, 0, data, Layouts.BYTE, 0, path.length);
        MemorySegment views = scratch.values(Kind.UTF8, rows);
        for (int row = 0; row < rows; row++) {
            Views.setPadded(views, row, data, 0, path.length);
        }
        return new Column(DataType.UTF8, rows, Column.NO_NULLS, views, data);
    }

    private Column convert(int slot, int rows) {
        Field column = scan.columns().get(slot);
        MemorySegment values = scratch.values(Kind.of(column.type()), rows);
        check(slot, rows, values);
        MemorySegment present = scratch.bits(rows);
        int count =
                Fields.present(scanner.fields(), scanner.base(slot), rows, scanner.presence(column.type()), present);
        MemorySegment validity = count == rows ? Column.NO_NULLS : present;
        MemorySegment data = column.type() == DataType.UTF8 ? window.bytes() : Column.NO_DATA;
        return new Column(column.type(), rows, validity, values, data);
    }

    /// Makes values of the fields of a column; those that have none are logged and missing then.
    private void check(int slot, int rows, MemorySegment values) {
        Field column = scan.columns().get(slot);
        long[] fields = scanner.fields();
        int base = scanner.base(slot);
        boolean isWide = column.type() == DataType.UTF8 && scanner.mayBeWide(slot);
        for (int row = 0; isWide && row < rows; row++) {
            long field = fields[base + row];
            long bad = Fields.length(field) == 0
                    ? -1
                    : Utf8.firstBad(window.bytes(), Fields.start(field), Fields.length(field));
            if (bad >= 0) {
                byte found = window.bytes().get(Layouts.BYTE, bad);
                miss(base, row, bad, TextErrors.badUtf8(column.name(), found));
            }
        }
        int from = 0;
        while (from < rows) {
            int bad = FieldValues.convert(column.type(), window.bytes(), fields, base, from, rows, values);
            if (bad == FieldValues.ALL_VALID) {
                return;
            }
            long field = fields[base + bad];
            int length = Math.min(SHOWN_BYTES, Fields.length(field));
            String text = scanner.shown(Numbers.string(window.bytes(), Fields.start(field), length), column.type());
            miss(base, bad, Fields.start(field),
                    TextErrors.badValue(column.name(), column.type(), Errors.shortened(text)));
            from = bad;
        }
    }

    private void miss(int base, int row, long offset, Flaw flaw) {
        badRows.add(offset, flaw);
        scanner.fields()[base + row] = Fields.MISSING;
        if (skipped.length > 0) {
            skipped[row >>> 6] |= 1L << row;
        }
    }

    /// Looks at all columns and moves the rows together that are good; returns their number.
    private int withoutBadRows(int rows) {
        for (int slot = 0; slot < scan.columns().size(); slot++) {
            DataType type = scan.columns().get(slot).type();
            check(slot, rows, scratch.values(Kind.of(type), rows));
        }
        int kept = rows;
        for (int slot = 0; slot < scan.columns().size(); slot++) {
            kept = Fields.compact(scanner.fields(), scanner.base(slot), rows, skipped);
        }
        Arrays.fill(skipped, 0);
        return kept;
    }

    @Override
    public void close() {
        window.close();
    }
}
