package io.lazuli.dataframe.internal.show;

import io.lazuli.dataframe.internal.column.Batch;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Rows as a table of text with names and types on top; numbers at the right of their columns, nulls as `null`.
public final class RowText {
    private static final int WIDEST = 40;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern(" HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private final Schema schema;
    private final int rowLimit;
    private final List<List<String>> rows = new ArrayList<>();
    /// True once a row came that was not taken.
    private boolean hasMore;

    /// @param rowLimit rows that are shown
    public RowText(Schema schema, int rowLimit) {
        this.schema = schema;
        this.rowLimit = rowLimit;
    }

    public void append(Batch batch) {
        for (int row = 0; row < batch.rowCount(); row++) {
            if (rows.size() == rowLimit) {
                hasMore = true;
                return;
            }
            List<String> cells = new ArrayList<>();
            for (Column column : batch.columns()) {
                cells.add(shortened(cell(column, row)));
            }
            rows.add(cells);
        }
    }

    private static String cell(Column column, int row) {
        if (column.isNull(row)) {
            return "null";
        }
        return switch (column.type()) {
            case DataType.Simple.BOOL -> Boolean.toString(column.booleanAt(row));
            case DataType.Simple.INT -> Integer.toString(column.intAt(row));
            case DataType.Simple.LONG -> Long.toString(column.longAt(row));
            case DataType.Simple.FLOAT64 -> Double.toString(column.doubleAt(row));
            case DataType.Simple.UTF8 -> column.stringAt(row);
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> ValueText.of(column, row);
            case DataType.Decimal ignored -> ValueText.of(column, row);
            case DataType.Simple.DATE -> LocalDate.ofEpochDay(column.intAt(row)).toString();
            case DataType.Simple.TIMESTAMP -> TIME.format(
                    LocalDateTime.ofInstant(Instant.EPOCH.plus(column.longAt(row), ChronoUnit.MICROS), ZoneOffset.UTC));
        };
    }

    private static String shortened(String cell) {
        String line = cell.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        return line.codePointCount(0, line.length()) <= WIDEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    /// The table; every line ends with a line feed.
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(schema.names().stream().map(RowText::shortened).toList());
        lines.add(schema.types().stream().map(type -> type.toString().toLowerCase(Locale.ROOT)).toList());
        lines.addAll(rows);
        int[] widths = widths(lines);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            appendLine(text, lines.get(i), widths);
            if (i == 1) {
                appendRule(text, widths);
            }
        }
        String end =
                hasMore ? "first %d rows, there are more".formatted(rows.size()) : "%d rows".formatted(rows.size());
        return text.append("(%s)\n".formatted(end)).toString();
    }

    private int[] widths(List<List<String>> lines) {
        int[] widths = new int[schema.size()];
        for (List<String> line : lines) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], length(line.get(c)));
            }
        }
        return widths;
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        int start = text.length();
        for (int c = 0; c < widths.length; c++) {
            String padding = " ".repeat(widths[c] - length(cells.get(c)));
            text.append(c == 0 ? " " : " │ ")
                    .append(schema.field(c).type().isNumeric() ? padding + cells.get(c) : cells.get(c) + padding);
        }
        text.replace(start, text.length(), text.substring(start).stripTrailing()).append('\n');
    }

    private static void appendRule(StringBuilder text, int[] widths) {
        for (int c = 0; c < widths.length; c++) {
            text.append(c == 0 ? "─" : "─┼─").append("─".repeat(widths[c]));
        }
        text.append("─\n");
    }
}
