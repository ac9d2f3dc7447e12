package io.lazuli.dataframe.internal.csv;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.text.RowFormat;
import io.lazuli.dataframe.internal.text.ScalarText;
import io.lazuli.dataframe.internal.text.TextBuffer;
import io.lazuli.dataframe.internal.text.TextTarget;
import io.lazuli.dataframe.io.CsvWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Rows as CSV. Texts are quoted where they would otherwise be read as something else: with delimiters, quotes or line
/// breaks in them, empty (which tells them from null), or beginning like a byte order mark.
public record CsvFormat(List<String> columns, char delimiter, boolean hasHeader) implements RowFormat {
    private static final char QUOTE = '"';
    private static final byte MARK = (byte) 0xEF;

    public CsvFormat {
        columns = List.copyOf(columns);
    }

    /// Errors: those of [TextTarget#create].
    ///
    /// Ownership: the caller closes it.
    public static TextTarget target(String path, Schema schema, CsvWriteOptions options) {
        CsvFormat format = new CsvFormat(schema.names(), options.delimiter(), options.header());
        return TextTarget.create(path, format, options.overwrite(), options.partSuffix());
    }

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public void putHeader(TextBuffer text) {
        for (int c = 0; hasHeader && c < columns.size(); c++) {
            byte[] name = columns.get(c).getBytes(StandardCharsets.UTF_8);
            separate(text, c);
            putText(text, name, name.length);
        }
        if (hasHeader) {
            text.put('\n');
        }
    }

    @Override
    public void putRow(TextBuffer text, Batch batch, int row) {
        for (int c = 0; c < columns.size(); c++) {
            separate(text, c);
            Column column = batch.column(c);
            if (column.isNull(row)) {
                continue;
            }
            if (column.type() == DataType.UTF8) {
                putText(text, text.textAt(column, row), Views.length(column.values(), row));
            } else {
                putScalar(text, ScalarText.of(column, row));
            }
        }
        text.put('\n');
    }

    private void separate(TextBuffer text, int column) {
        if (column > 0) {
            text.put(delimiter);
        }
    }

    private void putText(TextBuffer text, byte[] bytes, int length) {
        if (!needsQuotes(bytes, length)) {
            text.put(bytes, length);
            return;
        }
        text.put(QUOTE);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == QUOTE) {
                text.put(QUOTE);
            }
            text.put((char) (bytes[i] & 0xFF));
        }
        text.put(QUOTE);
    }

    /// Digits, signs and letters may be what separates fields.
    private void putScalar(TextBuffer text, String value) {
        boolean needsQuotes = value.indexOf(delimiter) >= 0;
        if (needsQuotes) {
            text.put(QUOTE);
        }
        text.putAscii(value);
        if (needsQuotes) {
            text.put(QUOTE);
        }
    }

    private boolean needsQuotes(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == delimiter || bytes[i] == QUOTE || bytes[i] == '\n' || bytes[i] == '\r') {
                return true;
            }
        }
        return length == 0 || bytes[0] == MARK;
    }
}
