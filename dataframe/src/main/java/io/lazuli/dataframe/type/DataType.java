package io.lazuli.dataframe.type;

/// The logical type of a column.
///
/// | type | values | stored as |
/// |---|---|---|
/// | `BOOL` | true, false | one bit |
/// | `INT` | 32-bit integers | 4 bytes |
/// | `LONG` | 64-bit integers | 8 bytes |
/// | `FLOAT64` | IEEE doubles; NaN is a value, not a null | 8 bytes |
/// | `UTF8` | text | 16-byte view, plus the bytes of texts longer than 12 |
/// | `DATE` | days since 1970-01-01 | 4 bytes |
/// | `TIMESTAMP` | microseconds since 1970-01-01T00:00, without zone | 8 bytes |
///
/// Any type may hold nulls.
public sealed interface DataType {
    DataType BOOL = Simple.BOOL;
    DataType INT = Simple.INT;
    DataType LONG = Simple.LONG;
    DataType FLOAT64 = Simple.FLOAT64;
    DataType UTF8 = Simple.UTF8;
    DataType DATE = Simple.DATE;
    DataType TIMESTAMP = Simple.TIMESTAMP;

    /// True for INT, LONG and FLOAT64: the types that have arithmetic.
    boolean isNumeric();

    /// The types without parameters.
    enum Simple implements DataType {
        BOOL,
        INT,
        LONG,
        FLOAT64,
        UTF8,
        DATE,
        TIMESTAMP;

        @Override
        public boolean isNumeric() {
            return this == INT || this == LONG || this == FLOAT64;
        }
    }
}
