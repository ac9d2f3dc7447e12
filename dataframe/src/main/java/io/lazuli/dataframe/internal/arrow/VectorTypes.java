package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.type.DataType;
import java.util.Optional;

/// Finds the form of a column from its type in the schema.
final class VectorTypes {
    static final int DURATION = 18;
    private static final Optional<ArrowForm> NONE = Optional.empty();
    private static final String[] NAMES = {
        "none", "Null", "Int", "FloatingPoint", "Binary", "Utf8", "Bool", "Decimal", "Date", "Time", "Timestamp",
        "Interval", "List", "Struct", "Union", "FixedSizeBinary", "FixedSizeList", "Map", "Duration", "LargeBinary",
        "LargeUtf8", "LargeList", "RunEndEncoded", "BinaryView", "Utf8View", "ListView", "LargeListView"
    };

    private VectorTypes() {}

    /// Empty if the type has no counterpart here.
    ///
    /// @param type   the number of the type
    /// @param detail its parameters
    static Optional<ArrowForm> form(int type, FlatTable detail) {
        return switch (type) {
            case 2 -> integer(detail);
            case 3 -> floating(detail);
            case 4 -> form(VectorKind.BYTES, DataType.BINARY);
            case 5 -> form(VectorKind.BYTES, DataType.UTF8);
            case 6 -> form(VectorKind.BIT, DataType.BOOL);
            case 7 -> decimal(detail);
            case 8 -> form(detail.int16(0, 1) == 0 ? VectorKind.INT32 : VectorKind.MILLIS_OF_DAYS, DataType.DATE);
            case 9 -> time(detail);
            case 10 -> ticks(detail.int16(0, 0), DataType.TIMESTAMP);
            case 15 -> fixedBytes(detail);
            case DURATION -> ticks(detail.int16(0, 1), DataType.DURATION);
            case 19 -> form(VectorKind.LARGE_BYTES, DataType.BINARY);
            case 20 -> form(VectorKind.LARGE_BYTES, DataType.UTF8);
            case 23 -> form(VectorKind.VIEWS, DataType.BINARY);
            case 24 -> form(VectorKind.VIEWS, DataType.UTF8);
            default -> NONE;
        };
    }

    /// The type of a field as a user may know it, for messages.
    static String describe(int type, FlatTable field) {
        String name = type > 0 && type < NAMES.length ? NAMES[type] : "number " + type;
        return type == 7 && field.has(3) ? name + describeDecimal(field.table(3)) : name;
    }

    private static String describeDecimal(FlatTable type) {
        int precision = type.int32(0);
        int scale = type.int32(1);
        String digits = "(%d, %d) of %d bits".formatted(precision, scale, decimalBits(type));
        return precision > DataType.Decimal.MOST_DIGITS && scale >= 0
                ? digits + ", more than %d digits (cast it to decimal128(%d, %d) or float64 where it is written)"
                        .formatted(DataType.Decimal.MOST_DIGITS, DataType.Decimal.MOST_DIGITS,
                                Math.min(scale, DataType.Decimal.MOST_DIGITS))
                : digits;
    }

    private static Optional<ArrowForm> form(VectorKind kind, DataType type) {
        return Optional.of(ArrowForm.of(kind, type));
    }

    static Optional<ArrowForm> integer(FlatTable type) {
        boolean isSigned = type.bool(1);
        return switch (type.int32(0)) {
            case 8 -> form(isSigned ? VectorKind.INT8 : VectorKind.UINT8, DataType.INT);
            case 16 -> form(isSigned ? VectorKind.INT16 : VectorKind.UINT16, DataType.INT);
            case 32 -> isSigned ? form(VectorKind.INT32, DataType.INT) : form(VectorKind.UINT32, DataType.LONG);
            case 64 -> form(isSigned ? VectorKind.INT64 : VectorKind.UINT64, DataType.LONG);
            default -> NONE;
        };
    }

    private static Optional<ArrowForm> floating(FlatTable type) {
        return switch (type.int16(0, 0)) {
            case 0 -> form(VectorKind.FLOAT16, DataType.FLOAT64);
            case 1 -> form(VectorKind.FLOAT, DataType.FLOAT64);
            case 2 -> form(VectorKind.DOUBLE, DataType.FLOAT64);
            default -> NONE;
        };
    }

    private static Optional<ArrowForm> decimal(FlatTable type) {
        int precision = type.int32(0);
        int scale = type.int32(1);
        int bits = decimalBits(type);
        boolean fits = precision > 0 && precision <= DataType.Decimal.MOST_DIGITS && scale >= 0 && scale <= precision
                && (bits == 32 || bits == 64 || bits == 128 || bits == 256);
        return fits
                ? Optional.of(new ArrowForm(VectorKind.DECIMAL, DataType.decimal(precision, scale), bits / 8))
                : NONE;
    }

    private static int decimalBits(FlatTable type) {
        return type.has(2) ? type.int32(2) : 128;
    }

    private static Optional<ArrowForm> fixedBytes(FlatTable type) {
        int width = type.int32(0);
        return width > 0 ? Optional.of(new ArrowForm(VectorKind.FIXED_BYTES, DataType.BINARY, width)) : NONE;
    }

    /// The time since midnight. The unit is in milliseconds and 32 bits if nothing is said.
    private static Optional<ArrowForm> time(FlatTable type) {
        boolean isNarrow = !type.has(1) || type.int32(1) == 32;
        return switch (type.int16(0, 1)) {
            case 0 -> isNarrow ? form(VectorKind.SECONDS32, DataType.DURATION) : NONE;
            case 1 -> isNarrow ? form(VectorKind.MILLIS32, DataType.DURATION) : NONE;
            case 2 -> isNarrow ? NONE : form(VectorKind.INT64, DataType.DURATION);
            case 3 -> isNarrow ? NONE : form(VectorKind.NANOS, DataType.DURATION);
            default -> NONE;
        };
    }

    private static Optional<ArrowForm> ticks(int unit, DataType type) {
        return switch (unit) {
            case 0 -> form(VectorKind.SECONDS, type);
            case 1 -> form(VectorKind.MILLIS, type);
            case 2 -> form(VectorKind.INT64, type);
            case 3 -> form(VectorKind.NANOS, type);
            default -> NONE;
        };
    }
}
