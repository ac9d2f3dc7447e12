package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.TextErrors;
import io.lazuli.dataframe.internal.text.BadRowLog;
import io.lazuli.dataframe.internal.text.Fields;
import io.lazuli.dataframe.internal.text.Lines;
import io.lazuli.dataframe.internal.text.Malformed;
import io.lazuli.dataframe.internal.text.RecordScanner;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Finds the values of JSON objects, one a line, by their keys. Keys that no column has are passed over; blank lines are no
/// records. A null is a missing field.
final class JsonScanner implements RecordScanner {
    private final List<Field> columns;
    private final JsonKeys keys;
    private final BadRowLog badRows;
    private final int rowLimit;
    private final long[] fields;
    private final boolean[] hasEscapes;
    private final JsonCursor cursor = new JsonCursor();
    /// For each column the object that had its key last, by number.
    private final long[] seen;
    private long objectCount;
    private int row;
    private long end;

    JsonScanner(List<Field> columns, BadRowLog badRows) {
        this.columns = columns;
        this.keys = new JsonKeys(columns.stream().map(Field::name).toList());
        this.badRows = badRows;
        this.rowLimit = Fields.rows(columns.size());
        this.fields = new long[columns.size() * rowLimit];
        this.hasEscapes = new boolean[columns.size()];
        this.seen = new long[columns.size()];
    }

    @Override
    public long[] fields() {
        return fields;
    }

    @Override
    public int base(int column) {
        return column * rowLimit;
    }

    @Override
    public boolean mayBeWide(int column) {
        return true;
    }

    @Override
    public long end() {
        return end;
    }

    @Override
    public int scan(MemorySegment bytes, long from, long to) {
        begin(from);
        while (end < to && row < rowLimit) {
            long next = Lines.after(bytes, end, to, (byte) '\n', -1);
            if (next < 0) {
                break;
            }
            try {
                row += takeObject(bytes, end, next - 1) ? 1 : 0;
            } catch (Malformed malformed) {
                badRows.add(malformed);
                row += badRows.skipsRows() ? 0 : 1;
            }
            end = next;
        }
        return row;
    }

    private void begin(long from) {
        Arrays.fill(hasEscapes, false);
        end = from;
        row = 0;
    }

    /// The object of a line; false if the line is blank.
    private boolean takeObject(MemorySegment bytes, long from, long stop) {
        for (int column = 0; column < seen.length; column++) {
            fields[column * rowLimit + row] = Fields.MISSING;
        }
        if (!cursor.begin(bytes, from, stop)) {
            return false;
        }
        objectCount++;
        for (int place = 0; cursor.next(); place++) {
            int column = keys.find(bytes, cursor, place);
            if (column != JsonKeys.NONE) {
                take(column);
            }
        }
        return true;
    }

    private void take(int column) {
        if (seen[column] == objectCount) {
            throw new Malformed(cursor.keyStart(), TextErrors.jsonDuplicate(columns.get(column).name()));
        }
        seen[column] = objectCount;
        long field = cursor.start() << 32 | cursor.end();
        switch (cursor.kind()) {
            case NULL -> {
                // missing, as it is
            }
            case BOOL, NUMBER -> fields[column * rowLimit + row] = field;
            case TEXT -> {
                long flags = Fields.QUOTED | (cursor.isEscaped() ? Fields.ESCAPED : 0);
                fields[column * rowLimit + row] = field | flags & 0xFFFFFFFFL;
                hasEscapes[column] |= cursor.isEscaped();
            }
            case NESTED -> throw new Malformed(cursor.start(), TextErrors.jsonNested(columns.get(column).name()));
        }
    }

    @Override
    public int giveUp(MemorySegment bytes, long from, long to, Malformed reason) {
        throw badRows.error(reason);
    }

    @Override
    public void clean(MemorySegment bytes, int column, DataType type, int rows) {
        if (hasEscapes[column]) {
            JsonText.unescape(bytes, fields, base(column), rows);
        }
        if (type != DataType.UTF8) {
            spoilEmptyTexts(base(column), rows);
        }
    }

    /// An empty text is no number: its opening quote stands for it, which is none either but not empty.
    private void spoilEmptyTexts(int base, int rows) {
        for (int i = base; i < base + rows; i++) {
            if (fields[i] != Fields.MISSING && Fields.length(fields[i]) == 0) {
                long start = Fields.start(fields[i]);
                fields[i] = start - 1 << 32 | start;
            }
        }
    }

    @Override
    public int presence(DataType type) {
        return -1;
    }

    @Override
    public String shown(String text, DataType type) {
        return text;
    }
}
