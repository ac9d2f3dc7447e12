package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// One value as people read it: for tables on a screen, messages and formats that have nothing closer. Slow, for edges only.
public final class ValueText {
    private ValueText() {}

    /// The text of a value that is not null: numbers in Java's notation, decimals with all their digits, dates and times as ISO
    /// 8601 has them (`2026-07-31`, `2026-07-31T09:30`, `PT1H30M`), bytes as hexadecimal digits.
    public static String of(Column column, int row) {
        return switch (column.kind()) {
            case BOOL -> Boolean.toString(column.booleanAt(row));
            case INT -> of(column.type(), column.intAt(row));
            case LONG -> of(column.type(), column.longAt(row));
            case DOUBLE -> Double.toString(column.doubleAt(row));
            case UTF8 -> column.type() == DataType.BINARY ? hex(column, row) : column.stringAt(row);
        };
    }

    /// The same for a value on its own: Boolean, Integer, Long, Double or String.
    public static String of(DataType type, Object value) {
        return switch (type) {
            case DataType.Decimal(int ignored, int scale) -> BigDecimal.valueOf((Long) value, scale).toPlainString();
            case DataType.Simple.DATE -> LocalDate.ofEpochDay((Integer) value).toString();
            case DataType.Simple.TIMESTAMP -> LocalDateTime
                    .ofInstant(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS), ZoneOffset.UTC)
                    .toString();
            case DataType.Simple.DURATION -> Duration.of((Long) value, ChronoUnit.MICROS).toString();
            case DataType.Simple ignored -> value.toString();
        };
    }

    private static String hex(Column column, int row) {
        byte[] bytes = new byte[Views.length(column.values(), row)];
        MemorySegment from = Views.bytes(column.values(), row, column.data());
        MemorySegment.copy(from, Layouts.BYTE, Views.start(column.values(), row), bytes, 0, bytes.length);
        return HexFormat.of().formatHex(bytes);
    }
}
