package io.lazuli.dataframe.internal.json;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.Views;
import io.lazuli.dataframe.internal.text.RowFormat;
import io.lazuli.dataframe.internal.text.ScalarText;
import io.lazuli.dataframe.internal.text.TextBuffer;
import io.lazuli.dataframe.internal.text.TextTarget;
import io.lazuli.dataframe.io.JsonWriteOptions;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Rows as JSON objects, one a line.
public record JsonFormat(List<String> columns) implements RowFormat {
    public JsonFormat {
        columns = List.copyOf(columns);
    }

    /// Errors: those of [TextTarget#create].
    ///
    /// Ownership: the caller closes it.
    public static TextTarget target(String path, Schema schema, JsonWriteOptions options) {
        return TextTarget.create(path, new JsonFormat(schema.names()), options.overwrite(), options.partSuffix());
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public void putHeader(TextBuffer text) {
        // lines of JSON have none
    }

    @Override
    public void putRow(TextBuffer text, Batch batch, int row) {
        text.put('{');
        for (int c = 0; c < columns.size(); c++) {
            if (c > 0) {
                text.put(',');
            }
            byte[] name = columns.get(c).getBytes(StandardCharsets.UTF_8);
            putText(text, name, name.length);
            text.put(':');
            putValue(text, batch.column(c), row);
        }
        text.put('}');
        text.put('\n');
    }

    private static void putValue(TextBuffer text, Column column, int row) {
        if (column.isNull(row)) {
            text.putAscii("null");
        } else if (column.type() == DataType.UTF8) {
            putText(text, text.textAt(column, row), Views.length(column.values(), row));
        } else if (isBare(column, row)) {
            text.putAscii(ScalarText.of(column, row));
        } else {
            text.put('"');
            text.putAscii(ScalarText.of(column, row));
            text.put('"');
        }
    }

    private static boolean isBare(Column column, int row) {
        return column.type() == DataType.BOOL
                || column.type().isNumeric()
                        && (column.type() != DataType.FLOAT64 || Double.isFinite(column.doubleAt(row)));
    }

    private static void putText(TextBuffer text, byte[] bytes, int length) {
        text.put('"');
        for (int i = 0; i < length; i++) {
            char character = (char) (bytes[i] & 0xFF);
            switch (character) {
                case '"', '\\' -> {
                    text.put('\\');
                    text.put(character);
                }
                case '\n' -> text.putAscii("\\n");
                case '\r' -> text.putAscii("\\r");
                case '\t' -> text.putAscii("\\t");
                default -> putPlain(text, character);
            }
        }
        text.put('"');
    }

    private static void putPlain(TextBuffer text, char character) {
        if (character < ' ') {
            text.putAscii("\\u00" + Character.forDigit(character >> 4, 16) + Character.forDigit(character & 15, 16));
        } else {
            text.put(character);
        }
    }
}
