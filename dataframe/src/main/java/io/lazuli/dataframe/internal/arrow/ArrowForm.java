package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.type.DataType;

/// How a vector stores its values, and what they become.
///
/// @param width bytes of a value, an offset or a view; 0 for bits
record ArrowForm(VectorKind kind, DataType type, int width) {
    static ArrowForm of(VectorKind kind, DataType type) {
        return new ArrowForm(kind, type, kind.width());
    }

    /// Whether values can be used where they are.
    boolean isOurs() {
        return switch (kind) {
            case BIT, INT32, INT64, DOUBLE -> true;
            case INT8, INT16, UINT8, UINT16, UINT32, UINT64, FLOAT16, FLOAT, MILLIS_OF_DAYS, SECONDS32, MILLIS32,
                    SECONDS, MILLIS, NANOS, DECIMAL, BYTES, LARGE_BYTES, VIEWS, FIXED_BYTES ->
                false;
        };
    }

    /// Bytes that the values, or the offsets, of so many rows take.
    long byteSize(long rowCount) {
        return switch (kind) {
            case BIT -> (rowCount + 7) / 8;
            case BYTES, LARGE_BYTES -> rowCount == 0 ? 0 : (rowCount + 1) * width;
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FLOAT16, FLOAT, DOUBLE, MILLIS_OF_DAYS,
                    SECONDS32, MILLIS32, SECONDS, MILLIS, NANOS, DECIMAL, VIEWS, FIXED_BYTES ->
                rowCount * width;
        };
    }
}
