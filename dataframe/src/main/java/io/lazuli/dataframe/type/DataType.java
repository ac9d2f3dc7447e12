package io.lazuli.dataframe.type;

import io.lazuli.dataframe.internal.ExpressionErrors;

/// The logical type of a column.
///
/// | type | values | stored as |
/// |---|---|---|
/// | `BOOL` | true, false | one bit |
/// | `INT` | 32-bit integers | 4 bytes |
/// | `LONG` | 64-bit integers | 8 bytes |
/// | `FLOAT64` | IEEE doubles; NaN is a value, not a null | 8 bytes |
/// | `decimal(p, s)` | `p` decimal digits, `s` of them behind the point, exact | 8 bytes, scaled by 10^s |
/// | `UTF8` | text | 16-byte view, plus the bytes of texts longer than 12 |
/// | `BINARY` | bytes, ordered as unsigned | as UTF8 |
/// | `DATE` | days since 1970-01-01 | 4 bytes |
/// | `TIMESTAMP` | microseconds since 1970-01-01T00:00, without zone | 8 bytes |
/// | `DURATION` | microseconds, the difference of two timestamps | 8 bytes |
///
/// Any type may hold nulls. Narrower numbers of files (8 and 16 bits, unsigned, 32-bit floats) are read as the next wider type
/// here, which holds all their values; times of the day as the duration since midnight. A timestamp has no zone of its own: keep UTC and turn it into the time of a place with
/// `dt().utcToZone(zone)`.
public sealed interface DataType {
    DataType BOOL = Simple.BOOL;
    DataType INT = Simple.INT;
    DataType LONG = Simple.LONG;
    DataType FLOAT64 = Simple.FLOAT64;
    DataType UTF8 = Simple.UTF8;
    DataType DATE = Simple.DATE;
    DataType TIMESTAMP = Simple.TIMESTAMP;
    DataType DURATION = Simple.DURATION;
    DataType BINARY = Simple.BINARY;

    /// Exact decimal numbers of at most `precision` digits, from 1 to 18, of which `scale` stand behind the point. Errors: USER if
    /// the precision is out of range or the scale above it.
    static DataType decimal(int precision, int scale) {
        return new Decimal(precision, scale);
    }

    /// True for INT, LONG, FLOAT64 and decimals: the types that have all of arithmetic.
    boolean isNumeric();

    /// The types without parameters.
    enum Simple implements DataType {
        BOOL,
        INT,
        LONG,
        FLOAT64,
        UTF8,
        DATE,
        TIMESTAMP,
        DURATION,
        BINARY;

        @Override
        public boolean isNumeric() {
            return this == INT || this == LONG || this == FLOAT64;
        }
    }

    /// See [DataType#decimal]. Written as the code that makes it.
    record Decimal(int precision, int scale) implements DataType {
        public static final int MOST_DIGITS = 18;

        public Decimal {
            if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
                throw ExpressionErrors.badDecimal(precision, scale);
            }
        }

        @Override
        public boolean isNumeric() {
            return true;
        }

        @Override
        public String toString() {
            return "decimal(" + precision + ", " + scale + ")";
        }
    }
}
