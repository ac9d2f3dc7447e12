package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.type.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// Values other than texts as ASCII, so that they read back the same where the type is declared and dates have years of
/// four digits.
public final class ScalarText {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private ScalarText() {}

    public static String of(Column column, int row) {
        return switch (column.type()) {
            case DataType.Simple.BOOL -> Boolean.toString(column.booleanAt(row));
            case DataType.Simple.INT -> Integer.toString(column.intAt(row));
            case DataType.Simple.LONG -> Long.toString(column.longAt(row));
            case DataType.Simple.FLOAT64 -> Double.toString(column.doubleAt(row));
            case DataType.Simple.DATE -> LocalDate.ofEpochDay(column.intAt(row)).toString();
            case DataType.Simple.TIMESTAMP -> TIMESTAMP.format(timestamp(column.longAt(row)));
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> ValueText.of(column, row);
            case DataType.Decimal ignored -> ValueText.of(column, row);
            case DataType.Simple.UTF8 -> throw new IllegalArgumentException("a text is no ASCII scalar");
        };
    }

    private static LocalDateTime timestamp(long micros) {
        long second = Math.floorDiv(micros, MICROS_PER_SECOND);
        int nanos = (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000;
        return LocalDateTime.ofEpochSecond(second, nanos, ZoneOffset.UTC);
    }
}
