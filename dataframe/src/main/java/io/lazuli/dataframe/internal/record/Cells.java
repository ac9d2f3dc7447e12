package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.column.Column;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Single values of columns as Java's.
final class Cells {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Cells() {}

    /// From the index of a column, columns and a row to a value of `type`. Primitives do not ask for nulls.
    static MethodHandle reader(Class<?> type) throws IllegalAccessException, NoSuchMethodException {
        String name = type.isPrimitive() ? type.getName() + "At" : "nullable" + type.getSimpleName();
        return LOOKUP.findStatic(Cells.class, name,
                MethodType.methodType(type, int.class, Column[].class, int.class));
    }

    static boolean booleanAt(int column, Column[] columns, int row) {
        return columns[column].booleanAt(row);
    }

    static int intAt(int column, Column[] columns, int row) {
        return columns[column].intAt(row);
    }

    static long longAt(int column, Column[] columns, int row) {
        return columns[column].longAt(row);
    }

    static double doubleAt(int column, Column[] columns, int row) {
        return columns[column].doubleAt(row);
    }

    static @Nullable Boolean nullableBoolean(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : (Boolean) columns[column].booleanAt(row);
    }

    static @Nullable Integer nullableInteger(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : (Integer) columns[column].intAt(row);
    }

    static @Nullable Long nullableLong(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : (Long) columns[column].longAt(row);
    }

    static @Nullable Double nullableDouble(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : (Double) columns[column].doubleAt(row);
    }

    static @Nullable String nullableString(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : columns[column].stringAt(row);
    }

    static @Nullable LocalDate nullableLocalDate(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : LocalDate.ofEpochDay(columns[column].intAt(row));
    }

    static @Nullable LocalDateTime nullableLocalDateTime(int column, Column[] columns, int row) {
        return columns[column].isNull(row) ? null : time(columns[column].longAt(row));
    }

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    /// A row for errors, such as `fare = 1.5, zone = null`.
    static String text(List<Component> components, Column[] columns, int row) {
        StringJoiner text = new StringJoiner(", ");
        for (int c = 0; c < columns.length; c++) {
            text.add("%s = %s".formatted(components.get(c).name(), value(components.get(c), columns, c, row)));
        }
        return text.toString();
    }

    private static @Nullable Object value(Component component, Column[] columns, int column, int row) {
        return switch (columns[column].kind()) {
            case BOOL -> nullableBoolean(column, columns, row);
            case INT -> component.javaType() == LocalDate.class
                    ? nullableLocalDate(column, columns, row)
                    : nullableInteger(column, columns, row);
            case LONG -> component.javaType() == LocalDateTime.class
                    ? nullableLocalDateTime(column, columns, row)
                    : nullableLong(column, columns, row);
            case DOUBLE -> nullableDouble(column, columns, row);
            case UTF8 -> nullableString(column, columns, row);
        };
    }
}
