package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.type.DataType;
import java.util.Locale;
import java.util.Optional;

/// A node of a file's schema tree: a column, or a group of columns.
///
/// @param physical   empty for a group
/// @param typeLength bytes of a FIXED_LEN_BYTE_ARRAY
/// @param children   how many of the elements that follow are directly below
/// @param converted  what old files say about the values, as the format's number; -1 if nothing
/// @param oldDigits  what old files say of the digits of a decimal
/// @param logical    what new files say
record SchemaElement(
        String name,
        Optional<PhysicalType> physical,
        int typeLength,
        Repetition repetition,
        int children,
        int converted,
        DecimalDigits oldDigits,
        Optional<Logical> logical) {
    private static final int DECIMAL = 5;

    /// In the order of the format's numbers.
    enum Repetition {
        REQUIRED,
        OPTIONAL,
        REPEATED
    }

    /// In the order of the format's numbers, from 1.
    enum Annotation {
        STRING,
        MAP,
        LIST,
        ENUM,
        DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        RESERVED,
        INTEGER,
        UNKNOWN,
        JSON,
        BSON,
        UUID,
        FLOAT16,
        VARIANT,
        GEOMETRY,
        GEOGRAPHY
    }

    /// @param unit     of a time, from 1: milliseconds, microseconds, nanoseconds
    /// @param bitWidth of an INTEGER
    /// @param digits   of a DECIMAL
    record Logical(Annotation annotation, int unit, int bitWidth, boolean isSigned, DecimalDigits digits) {}

    /// @param scale digits behind the point
    record DecimalDigits(int precision, int scale) {
        static final DecimalDigits NONE = new DecimalDigits(0, 0);

        /// Whether they are those of a type here.
        boolean fit() {
            return precision > 0 && precision <= DataType.Decimal.MOST_DIGITS && scale >= 0 && scale <= precision;
        }
    }

    /// The old names of annotations, in the order of the format's numbers.
    private static final String[] CONVERTED = {
        "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE", "TIME_MILLIS", "TIME_MICROS",
        "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8", "INT_16", "INT_32",
        "INT_64", "JSON", "BSON", "INTERVAL"
    };

    boolean isFlat() {
        return children == 0 && repetition != Repetition.REPEATED && physical.isPresent();
    }

    boolean isAnnotated() {
        return logical.isPresent() || converted >= 0;
    }

    boolean is(Annotation annotation) {
        return logical.isPresent() && logical.get().annotation() == annotation;
    }

    boolean isDecimal() {
        return logical.isPresent() ? is(Annotation.DECIMAL) : converted == DECIMAL;
    }

    /// The digits of a decimal; empty for other types.
    Optional<DecimalDigits> decimal() {
        return isDecimal() ? Optional.of(logical.map(Logical::digits).orElse(oldDigits)) : Optional.empty();
    }

    /// The type as a user may know it, and what is wrong with it if that can be said, for messages.
    String describe() {
        String stored = physical.map(Enum::name).orElse("group").toUpperCase(Locale.ROOT)
                + (typeLength > 0 ? " of " + typeLength + " bytes" : "");
        if (decimal().isPresent()) {
            return describeDecimal(decimal().get(), stored);
        }
        boolean isOld = converted >= 0 && converted < CONVERTED.length && (logical.isEmpty() || is(Annotation.UNKNOWN));
        String annotation = isOld
                ? CONVERTED[converted] + " in "
                : logical.map(l -> l.annotation().name() + " in ").orElse("");
        return "type " + annotation + stored;
    }

    private static String describeDecimal(DecimalDigits digits, String stored) {
        String type = "type DECIMAL(%d, %d) in %s".formatted(digits.precision(), digits.scale(), stored);
        return digits.precision() > DataType.Decimal.MOST_DIGITS && digits.scale() >= 0
                ? type + ", more than %d digits (cast it to DECIMAL(%d, %d) or DOUBLE where it is written)".formatted(
                        DataType.Decimal.MOST_DIGITS, DataType.Decimal.MOST_DIGITS,
                        Math.min(digits.scale(), DataType.Decimal.MOST_DIGITS))
                : type;
    }

    static SchemaElement read(ThriftReader in) {
        return new Fields(in).read();
    }

    /// An element in the making.
    private static final class Fields {
        private final ThriftReader in;
        private String name = "";
        private Optional<PhysicalType> physical = Optional.empty();
        private int typeLength;
        private Repetition repetition = Repetition.REQUIRED;
        private int children;
        private int converted = -1;
        private Optional<Logical> logical = Optional.empty();
        private int oldScale;
        private int oldPrecision;
        private int scale;
        private int precision;
        private int unit;
        private int bitWidth;
        private boolean isSigned = true;

        Fields(ThriftReader in) {
            this.in = in;
        }

        SchemaElement read() {
            in.struct(id -> {
                switch (id) {
                    case 1 -> physical = Optional.of(constant(PhysicalType.values(), in.int32(), "type"));
                    case 2 -> typeLength = in.int32();
                    case 3 -> repetition = constant(Repetition.values(), in.int32(), "repetition");
                    case 4 -> name = in.text();
                    case 5 -> children = in.int32();
                    case 6 -> converted = in.int32();
                    case 7 -> oldScale = in.int32();
                    case 8 -> oldPrecision = in.int32();
                    case 10 -> in.struct(this::logicalType);
                    default -> in.skip();
                }
            });
            if (children < 0 || typeLength < 0) {
                throw new IllegalStateException("column '" + name + "' has a negative size");
            }
            return new SchemaElement(name, physical, typeLength, repetition, children, converted,
                    new DecimalDigits(oldPrecision, oldScale), logical);
        }

        private void logicalType(int id) {
            Annotation annotation = constant(Annotation.values(), id - 1, "logical type");
            in.struct(field -> {
                switch (annotation) {
                    case INTEGER -> integer(field);
                    case DECIMAL -> decimal(field);
                    case TIME, TIMESTAMP -> time(field);
                    default -> in.skip();
                }
            });
            logical = Optional.of(
                    new Logical(annotation, unit, bitWidth, isSigned, new DecimalDigits(precision, scale)));
        }

        private void integer(int field) {
            switch (field) {
                case 1 -> bitWidth = in.int32();
                case 2 -> isSigned = in.bool();
                default -> in.skip();
            }
        }

        private void decimal(int field) {
            switch (field) {
                case 1 -> scale = in.int32();
                case 2 -> precision = in.int32();
                default -> in.skip();
            }
        }

        private void time(int field) {
            if (field != 2) {
                in.skip();
                return;
            }
            in.struct(which -> {
                unit = which;
                in.skip();
            });
        }

        private static <T> T constant(T[] constants, int index, String what) {
            if (index < 0 || index >= constants.length) {
                throw new IllegalStateException("the unknown " + what + " " + index);
            }
            return constants[index];
        }
    }
}
