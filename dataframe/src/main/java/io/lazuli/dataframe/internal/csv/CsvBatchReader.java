package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.internal.column.Scratch;
import io.lazuli.dataframe.internal.source.BatchReader;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.file.SourceFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a range of a CSV file: finds the fields of a batch of records, then converts column by column. Texts refer
/// into the window of bytes, which stays until the next batch.
final class CsvBatchReader implements BatchReader {
    private final SourceFile file;
    private final Schema schema;
    private final List<Integer> columns;
    private final CsvDialect dialect;
    private final Scratch scratch;
    private final FileChannel channel;
    private final CsvWindow window;
    private final CsvPlace place;
    private final RecordScanner scanner;

    CsvBatchReader(SourceFile file, CsvSplit split, Schema schema, List<Integer> columns, CsvDialect dialect,
            Scratch scratch) {
        this.file = file;
        this.schema = schema;
        this.columns = columns;
        this.dialect = dialect;
        this.scratch = scratch;
        this.channel = file.open();
        this.window = new CsvWindow(channel, split.start(), split.end(), scratch.memory());
        this.place = new CsvPlace(file.path(), channel);
        this.scanner = new RecordScanner(dialect, schema.size(), columns, place);
    }

    @Override
    public Optional<Batch> next() {
        int rows = scan();
        if (rows == 0) {
            return Optional.empty();
        }
        List<Column> batch = new ArrayList<>(columns.size());
        for (int column : columns) {
            batch.add(convert(column, rows));
        }
        return Optional.of(new Batch(rows, batch));
    }

    /// Finds the next records; 0 at the end.
    private int scan() {
        boolean isStuck = false;
        while (true) {
            if (isStuck || window.isLow()) {
                move();
            }
            int rows = scanner.scan(window.bytes(), window.from(), window.to());
            isStuck = scanner.end() == window.from();
            window.consumeTo(scanner.end());
            if (rows > 0 || window.isLast() && window.from() == window.to()) {
                return rows;
            }
            if (isStuck && window.isLast()) {
                throw place.openQuote(window.from());
            }
            // Only blank lines, or a record that the window does not hold whole.
            isStuck = !window.isLast();
        }
    }

    private void move() {
        try {
            window.move();
            if (window.isLast()) {
                window.endLine();
            }
            place.moveTo(window.start());
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }

    private Column convert(int index, int rows) {
        Field column = schema.field(index);
        boolean isText = column.type() == DataType.UTF8;
        MemorySegment bytes = window.bytes();
        long[] fields = scanner.fields();
        int base = scanner.base(index);
        if (scanner.hasQuotes(index)) {
            Fields.unescape(bytes, fields, base, rows, dialect.quote());
        }
        Fields.clearNulls(bytes, fields, base, rows, dialect.nulls());
        MemorySegment validity = Column.NO_NULLS;
        if (dialect.emptyIsNull() || !isText) {
            MemorySegment present = scratch.bits(rows);
            validity = Fields.present(fields, base, rows, isText, present) == rows ? Column.NO_NULLS : present;
        }
        MemorySegment values = scratch.values(Kind.of(column.type()), rows);
        int bad = FieldValues.convert(column.type(), bytes, fields, base, rows, values);
        if (bad != FieldValues.ALL_VALID) {
            long field = fields[base + bad];
            String text = Numbers.string(bytes, Fields.start(field), Fields.length(field));
            throw place.badValue(Fields.start(field), column, text);
        }
        return new Column(column.type(), rows, validity, values, isText ? bytes : Column.NO_DATA);
    }

    @Override
    public void close() {
        window.close();
        try {
            channel.close();
        } catch (IOException e) {
            throw GraphErrors.unreadableFile(file.path(), e);
        }
    }
}
