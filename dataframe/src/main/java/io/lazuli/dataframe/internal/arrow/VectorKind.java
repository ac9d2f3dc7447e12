package io.lazuli.dataframe.internal.arrow;

/// What reading has to do to the values of a vector: one loop each, see [VectorValues]. Several types share one.
enum VectorKind {
    BIT(0),
    INT8(1),
    INT16(2),
    /// As they are: whole numbers, days.
    INT32(4),
    /// As they are: whole numbers, microseconds.
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    FLOAT16(2),
    FLOAT(4),
    DOUBLE(8),
    MILLIS_OF_DAYS(8),
    SECONDS32(4),
    MILLIS32(4),
    SECONDS(8),
    MILLIS(8),
    NANOS(8),
    /// Whole numbers of 4 to 32 bytes.
    DECIMAL(0),
    /// Offsets of 32 bits, then bytes.
    BYTES(4),
    /// Offsets of 64 bits, then bytes.
    LARGE_BYTES(8),
    /// Views into any number of buffers.
    VIEWS(16),
    /// As many bytes in each row.
    FIXED_BYTES(0);

    private final int width;

    VectorKind(int width) {
        this.width = width;
    }

    /// Bytes of a value, an offset or a view; 0 for bits, and where the type says it.
    int width() {
        return width;
    }
}
