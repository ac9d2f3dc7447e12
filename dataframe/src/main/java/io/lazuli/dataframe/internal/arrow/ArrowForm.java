package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.type.DataType;

/// How a vector stores its values, and so what reading has to do to them.
enum ArrowForm {
    BIT(DataType.BOOL, 0),
    INT8(DataType.INT, 1),
    INT16(DataType.INT, 2),
    INT32(DataType.INT, 4),
    INT64(DataType.LONG, 8),
    UINT8(DataType.INT, 1),
    UINT16(DataType.INT, 2),
    UINT32(DataType.LONG, 4),
    UINT64(DataType.LONG, 8),
    FLOAT(DataType.FLOAT64, 4),
    DOUBLE(DataType.FLOAT64, 8),
    DAYS(DataType.DATE, 4),
    MILLIS_OF_DAYS(DataType.DATE, 8),
    SECONDS(DataType.TIMESTAMP, 8),
    MILLIS(DataType.TIMESTAMP, 8),
    MICROS(DataType.TIMESTAMP, 8),
    NANOS(DataType.TIMESTAMP, 8),
    /// Offsets of 32 bits, then bytes.
    TEXT(DataType.UTF8, 4),
    /// Offsets of 64 bits, then bytes.
    LARGE_TEXT(DataType.UTF8, 8),
    /// Views into any number of buffers.
    TEXT_VIEW(DataType.UTF8, 16);

    private final DataType type;
    private final int width;

    ArrowForm(DataType type, int width) {
        this.type = type;
        this.width = width;
    }

    DataType type() {
        return type;
    }

    /// Bytes of a value, an offset or a view; 0 for bits.
    int width() {
        return width;
    }

    /// Whether values can be used where they are.
    boolean isOurs() {
        return switch (this) {
            case BIT, INT32, INT64, DOUBLE, DAYS, MICROS -> true;
            case INT8, INT16, UINT8, UINT16, UINT32, UINT64, FLOAT, MILLIS_OF_DAYS, SECONDS, MILLIS, NANOS, TEXT,
                    LARGE_TEXT, TEXT_VIEW ->
                false;
        };
    }

    /// Bytes that the values, or the offsets, of so many rows take.
    long byteSize(long rowCount) {
        return switch (this) {
            case BIT -> (rowCount + 7) / 8;
            case TEXT, LARGE_TEXT -> rowCount == 0 ? 0 : (rowCount + 1) * width;
            default -> rowCount * width;
        };
    }
}
