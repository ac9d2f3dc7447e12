package io.lazuli.dataframe.internal.column;

import io.lazuli.dataframe.type.DataType;

/// The few physical forms that kernels see; many types share one.
public enum Kind {
    /// One bit a row, least significant first.
    BOOL(0),
    INT(4),
    LONG(8),
    DOUBLE(8),
    /// 16-byte views, see [Views].
    UTF8(16);

    private final int width;

    Kind(int width) {
        this.width = width;
    }

    public static Kind of(DataType type) {
        return switch (type) {
            case DataType.Simple.BOOL -> BOOL;
            case DataType.Simple.INT, DataType.Simple.DATE -> INT;
            case DataType.Simple.LONG, DataType.Simple.TIMESTAMP, DataType.Simple.DURATION -> LONG;
            case DataType.Decimal ignored -> LONG;
            case DataType.Simple.FLOAT64 -> DOUBLE;
            case DataType.Simple.UTF8, DataType.Simple.BINARY -> UTF8;
        };
    }

    /// Bytes of one value; 0 for BOOL.
    public int width() {
        return width;
    }

    /// Bytes of `rowCount` values; bits are padded to whole 8-byte words.
    public long byteSize(long rowCount) {
        return this == BOOL ? Bits.byteSize(rowCount) : rowCount * width;
    }
}
