package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.type.DataType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/// How a file stores the values of a column, and so what decoding has to do to them.
enum StoredForm {
    BIT(DataType.BOOL, PrimitiveTypeName.BOOLEAN, 0),
    INT32(DataType.INT, PrimitiveTypeName.INT32, 4),
    DAYS(DataType.DATE, PrimitiveTypeName.INT32, 4),
    UINT32(DataType.LONG, PrimitiveTypeName.INT32, 4),
    INT64(DataType.LONG, PrimitiveTypeName.INT64, 8),
    MILLIS(DataType.TIMESTAMP, PrimitiveTypeName.INT64, 8),
    MICROS(DataType.TIMESTAMP, PrimitiveTypeName.INT64, 8),
    NANOS(DataType.TIMESTAMP, PrimitiveTypeName.INT64, 8),
    /// Nanoseconds of the day and Julian day, as Impala and old Spark wrote timestamps.
    INT96(DataType.TIMESTAMP, PrimitiveTypeName.INT96, 12),
    FLOAT(DataType.FLOAT64, PrimitiveTypeName.FLOAT, 4),
    DOUBLE(DataType.FLOAT64, PrimitiveTypeName.DOUBLE, 8),
    TEXT(DataType.UTF8, PrimitiveTypeName.BINARY, 0);

    private final DataType type;
    private final PrimitiveTypeName physical;
    private final int width;

    StoredForm(DataType type, PrimitiveTypeName physical, int width) {
        this.type = type;
        this.physical = physical;
        this.width = width;
    }

    DataType type() {
        return type;
    }

    PrimitiveTypeName physical() {
        return physical;
    }

    /// Bytes of a plain value in a page; 0 where they vary.
    int width() {
        return width;
    }
}
