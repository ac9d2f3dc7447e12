package io.lazuli.dataframe.internal.tablesaw;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.column.Column;
import io.lazuli.dataframe.internal.column.ValueText;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;

/// One column of a Tablesaw table in the making. Tablesaw marks missing values by a value of the type, so:
///
/// | type | Tablesaw | missing is | what cannot be carried |
/// |---|---|---|---|
/// | BOOL | boolean | a third value | |
/// | INT | int | the least int | that value |
/// | LONG | long | the least long | that value |
/// | FLOAT64 | double | NaN | NaN and null become the same |
/// | UTF8 | String | the empty text | empty text and null become the same |
/// | DATE | local date | | years beyond 32,767 |
/// | TIMESTAMP | local date time | | the same, and parts of a millisecond |
sealed interface TableColumn {
    tech.tablesaw.columns.Column<?> column();

    /// Appends the value of a row that is not null. Errors: DATA if it cannot be carried.
    void append(Column values, int row);

    /// Appends all rows. Errors: DATA if a value cannot be carried.
    default void append(Column values) {
        for (int row = 0; row < values.length(); row++) {
            if (values.isNull(row)) {
                column().appendMissing();
            } else {
                append(values, row);
            }
        }
    }

    static TableColumn of(Field field) {
        String name = field.name();
        return switch (field.type()) {
            case DataType.Simple.BOOL -> new Booleans(BooleanColumn.create(name));
            case DataType.Simple.INT -> new Ints(IntColumn.create(name));
            case DataType.Simple.LONG -> new Longs(LongColumn.create(name));
            case DataType.Simple.FLOAT64 -> new Doubles(DoubleColumn.create(name));
            case DataType.Simple.UTF8 -> new Texts(StringColumn.create(name));
            case DataType.Simple.DURATION, DataType.Simple.BINARY -> new Written(StringColumn.create(name));
            case DataType.Decimal ignored -> new Written(StringColumn.create(name));
            case DataType.Simple.DATE -> new Dates(DateColumn.create(name));
            case DataType.Simple.TIMESTAMP -> new Times(DateTimeColumn.create(name));
        };
    }

    record Booleans(BooleanColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            column.append(values.booleanAt(row));
        }
    }

    record Ints(IntColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            int value = values.intAt(row);
            if (value == Integer.MIN_VALUE) {
                throw marksMissing(column.name(), DataType.INT, Integer.toString(value));
            }
            column.append(value);
        }
    }

    record Longs(LongColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            long value = values.longAt(row);
            if (value == Long.MIN_VALUE) {
                throw marksMissing(column.name(), DataType.LONG, Long.toString(value));
            }
            column.append(value);
        }
    }

    record Doubles(DoubleColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            column.append(values.doubleAt(row));
        }
    }

    record Texts(StringColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            column.append(values.stringAt(row));
        }
    }

    /// Values of a type that Tablesaw has nothing like, as exact texts.
    record Written(StringColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            column.append(ValueText.of(values, row));
        }
    }

    record Dates(DateColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            LocalDate date = LocalDate.ofEpochDay(values.intAt(row));
            checkYear(column.name(), DataType.DATE, date, date);
            column.append(date);
        }
    }

    record Times(DateTimeColumn column) implements TableColumn {
        @Override
        public void append(Column values, int row) {
            column.append(time(values.longAt(row)));
        }

        private LocalDateTime time(long micros) {
            LocalDateTime time = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
            checkYear(column.name(), DataType.TIMESTAMP, time.toLocalDate(), time);
            if (micros % 1000 != 0) {
                throw Errors.notCarried(column.name(), DataType.TIMESTAMP, time.toString(),
                        "its times end at milliseconds");
            }
            return time;
        }
    }

    private static RuntimeException marksMissing(String column, DataType type, String value) {
        return Errors.notCarried(column, type, value, "it stands for a missing value there");
    }

    private static void checkYear(String column, DataType type, LocalDate date, Object value) {
        if (date.getYear() != (short) date.getYear()) {
            throw Errors.notCarried(column, type, value.toString(), "its years end at 32,767");
        }
    }
}
