package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.column.Kind;
import io.lazuli.dataframe.type.DataType;

/// How a file stores the values of a column, and what they become.
///
/// @param width bytes of a plain value in a page; 0 where they vary, and for bits
record StoredForm(StoredKind kind, DataType type, int width) {
    static StoredForm of(StoredKind kind, DataType type, int typeLength) {
        return new StoredForm(kind, type, switch (kind.physical()) {
            case BOOLEAN, BYTE_ARRAY -> 0;
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> typeLength;
        });
    }

    PhysicalType physical() {
        return kind.physical();
    }

    /// The same values in a column of `other`, which another file of the same frame needs: LONG instead of INT, or a decimal of more
    /// digits.
    StoredForm as(DataType other) {
        boolean isWidened = kind == StoredKind.INT32 && Kind.of(other) == Kind.LONG;
        return new StoredForm(isWidened ? StoredKind.WIDENED : kind, other, width);
    }

    /// Whether the values are texts or bytes, which refer to a page.
    boolean isBytes() {
        return switch (kind) {
            case TEXT, BYTES, FIXED_BYTES -> true;
            case BIT, INT32, WIDENED, UINT32, MILLIS32, INT64, UINT64, SECONDS, MILLIS, NANOS, INT96, FLOAT16, FLOAT,
                    DOUBLE, FIXED_BIG_ENDIAN, BIG_ENDIAN ->
                false;
        };
    }

    boolean isFloating() {
        return type == DataType.FLOAT64;
    }
}
