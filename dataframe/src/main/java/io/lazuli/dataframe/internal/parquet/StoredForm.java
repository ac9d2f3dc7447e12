package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.type.DataType;

/// How a file stores the values of a column, and so what decoding has to do to them.
enum StoredForm {
    BIT(DataType.BOOL, PhysicalType.BOOLEAN, 0),
    INT32(DataType.INT, PhysicalType.INT32, 4),
    DAYS(DataType.DATE, PhysicalType.INT32, 4),
    /// A column that is LONG in another file of the same frame.
    WIDENED(DataType.LONG, PhysicalType.INT32, 4),
    UINT32(DataType.LONG, PhysicalType.INT32, 4),
    INT64(DataType.LONG, PhysicalType.INT64, 8),
    UINT64(DataType.LONG, PhysicalType.INT64, 8),
    MILLIS(DataType.TIMESTAMP, PhysicalType.INT64, 8),
    MICROS(DataType.TIMESTAMP, PhysicalType.INT64, 8),
    NANOS(DataType.TIMESTAMP, PhysicalType.INT64, 8),
    /// Nanoseconds of the day and Julian day, as Impala and old Spark wrote timestamps.
    INT96(DataType.TIMESTAMP, PhysicalType.INT96, 12),
    FLOAT(DataType.FLOAT64, PhysicalType.FLOAT, 4),
    DOUBLE(DataType.FLOAT64, PhysicalType.DOUBLE, 8),
    TEXT(DataType.UTF8, PhysicalType.BYTE_ARRAY, 0);

    private final DataType type;
    private final PhysicalType physical;
    private final int width;

    StoredForm(DataType type, PhysicalType physical, int width) {
        this.type = type;
        this.physical = physical;
        this.width = width;
    }

    DataType type() {
        return type;
    }

    PhysicalType physical() {
        return physical;
    }

    /// Bytes of a plain value in a page; 0 where they vary.
    int width() {
        return width;
    }
}
