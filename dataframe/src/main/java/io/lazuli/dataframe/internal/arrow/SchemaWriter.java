package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;

/// Writes a schema as part of a message. Decimals have 128 bits, times microseconds; everything may be null.
final class SchemaWriter {
    private static final int DECIMAL_BITS = 128;
    private static final int MICROS = 2;
    private static final int DOUBLE = 2;

    private SchemaWriter() {}

    /// Returns the place of the schema's table.
    static int write(FlatWriter message, Schema schema) {
        int[] fields = schema.fields().stream().mapToInt(field -> field(message, field)).toArray();
        int list = message.tables(fields);
        message.startTable(4);
        message.place(1, list);
        return message.endTable();
    }

    private static int field(FlatWriter message, Field field) {
        int name = message.text(field.name());
        int noChildren = message.tables();
        int type = type(message, field.type());
        message.startTable(7);
        message.place(0, name);
        message.place(3, type);
        message.place(5, noChildren);
        message.int8(1, 1);
        message.int8(2, typeId(field.type()));
        return message.endTable();
    }

    private static int typeId(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> 6;
            case DataType.Simple.INT, DataType.Simple.LONG -> 2;
            case DataType.Simple.FLOAT64 -> 3;
            case DataType.Simple.UTF8 -> 5;
            case DataType.Simple.DATE -> 8;
            case DataType.Simple.TIMESTAMP -> 10;
            case DataType.Simple.DURATION -> VectorTypes.DURATION;
            case DataType.Simple.BINARY -> 4;
            case DataType.Decimal ignored -> 7;
        };
    }

    private static int type(FlatWriter message, DataType type) {
        message.startTable(3);
        switch (type) {
            case DataType.Simple.INT, DataType.Simple.LONG -> {
                message.int32(0, type == DataType.INT ? 32 : 64);
                message.int8(1, 1);
            }
            case DataType.Simple.FLOAT64 -> message.int16(0, DOUBLE);
            case DataType.Simple.TIMESTAMP, DataType.Simple.DURATION -> message.int16(0, MICROS);
            case DataType.Simple.DATE -> message.int16(0, 0);
            case DataType.Simple.BOOL, DataType.Simple.UTF8, DataType.Simple.BINARY -> {}
            case DataType.Decimal(int precision, int scale) -> {
                message.int32(0, precision);
                message.int32(1, scale);
                message.int32(2, DECIMAL_BITS);
            }
        }
        return message.endTable();
    }
}
