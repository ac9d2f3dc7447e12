package io.lazuli.dataframe.internal.parquet;

/// What decoding has to do to the values of a column: one loop each, see [PlainValues]. Several types share one.
enum StoredKind {
    BIT(PhysicalType.BOOLEAN),
    /// As they are: whole numbers, days.
    INT32(PhysicalType.INT32),
    /// Decimals, and a column that is LONG in another file of the same frame.
    WIDENED(PhysicalType.INT32),
    UINT32(PhysicalType.INT32),
    MILLIS32(PhysicalType.INT32),
    /// As they are: whole numbers, decimals, microseconds.
    INT64(PhysicalType.INT64),
    UINT64(PhysicalType.INT64),
    SECONDS(PhysicalType.INT64),
    MILLIS(PhysicalType.INT64),
    NANOS(PhysicalType.INT64),
    /// Nanoseconds of the day and Julian day, as Impala and old Spark wrote timestamps.
    INT96(PhysicalType.INT96),
    FLOAT16(PhysicalType.FIXED_LEN_BYTE_ARRAY),
    FLOAT(PhysicalType.FLOAT),
    DOUBLE(PhysicalType.DOUBLE),
    /// Decimals as big-endian numbers of one width, or each with its length.
    FIXED_BIG_ENDIAN(PhysicalType.FIXED_LEN_BYTE_ARRAY),
    BIG_ENDIAN(PhysicalType.BYTE_ARRAY),
    TEXT(PhysicalType.BYTE_ARRAY),
    FIXED_BYTES(PhysicalType.FIXED_LEN_BYTE_ARRAY),
    BYTES(PhysicalType.BYTE_ARRAY);

    private final PhysicalType physical;

    StoredKind(PhysicalType physical) {
        this.physical = physical;
    }

    PhysicalType physical() {
        return physical;
    }
}
