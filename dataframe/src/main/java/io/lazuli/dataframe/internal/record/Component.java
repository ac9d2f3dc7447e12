package io.lazuli.dataframe.internal.record;

import io.lazuli.dataframe.internal.RowErrors;
import io.lazuli.dataframe.type.DataType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Map;

/// One component of a record class, and the column that it is.
///
/// @param accessor from the record, as an Object, to the value: a primitive, or an Object that may be null
record Component(String name, Class<?> javaType, DataType type, MethodHandle accessor) {
    /// What a component can be.
    static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, DataType.BOOL),
            Map.entry(Boolean.class, DataType.BOOL),
            Map.entry(int.class, DataType.INT),
            Map.entry(Integer.class, DataType.INT),
            Map.entry(long.class, DataType.LONG),
            Map.entry(Long.class, DataType.LONG),
            Map.entry(double.class, DataType.FLOAT64),
            Map.entry(Double.class, DataType.FLOAT64),
            Map.entry(String.class, DataType.UTF8),
            Map.entry(LocalDate.class, DataType.DATE),
            Map.entry(LocalDateTime.class, DataType.TIMESTAMP));

    /// What values are that are in no record. Errors: USER if no column holds them.
    static Component ofValue(Class<?> javaType) {
        DataType type = TYPES.get(javaType);
        if (type == null) {
            throw RowErrors.unknownResult(javaType.getSimpleName());
        }
        return new Component("value", Object.class, type, MethodHandles.identity(Object.class));
    }

    /// As the user wrote it, such as `double fare`.
    String declaration() {
        return javaType.getSimpleName() + " " + name;
    }

    boolean isPrimitive() {
        return javaType.isPrimitive();
    }
}
