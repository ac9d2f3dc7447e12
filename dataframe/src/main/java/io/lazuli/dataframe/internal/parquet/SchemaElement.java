package io.lazuli.dataframe.internal.parquet;

import java.util.Locale;
import java.util.Optional;

/// A node of a file's schema tree: a column, or a group of columns.
///
/// @param physical   empty for a group
/// @param typeLength bytes of a FIXED_LEN_BYTE_ARRAY
/// @param children   how many of the elements that follow are directly below
/// @param converted  what old files say about the values, as the format's number; -1 if nothing
/// @param logical    what new files say
record SchemaElement(
        String name,
        Optional<PhysicalType> physical,
        int typeLength,
        Repetition repetition,
        int children,
        int converted,
        Optional<Logical> logical) {
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
    record Logical(Annotation annotation, int unit, int bitWidth, boolean isSigned) {}

    /// The old names of annotations, in the order of the format's numbers.
    private static final String[] CONVERTED = {
        "UTF8", "MAP", "MAP_KEY_VALUE", "LIST", "ENUM", "DECIMAL", "DATE", "TIME_MILLIS", "TIME_MICROS",
        "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS", "UINT_8", "UINT_16", "UINT_32", "UINT_64", "INT_8", "INT_16", "INT_32",
        "INT_64", "JSON", "BSON", "INTERVAL"
    };

    boolean isFlat() {
        return children == 0 && repetition != Repetition.REPEATED && physical.isPresent();
    }

    /// The type as a user may know it, for messages.
    String describe() {
        String annotation = logical.map(l -> l.annotation().name() + " in ").orElseGet(
                () -> converted >= 0 && converted < CONVERTED.length ? CONVERTED[converted] + " in " : "");
        return "type " + annotation + physical.map(Enum::name).orElse("group").toUpperCase(Locale.ROOT);
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
                    case 10 -> in.struct(this::logicalType);
                    default -> in.skip();
                }
            });
            if (children < 0 || typeLength < 0) {
                throw new IllegalStateException("column '" + name + "' has a negative size");
            }
            return new SchemaElement(name, physical, typeLength, repetition, children, converted, logical);
        }

        private void logicalType(int id) {
            in.struct(field -> {
                if (id == Annotation.INTEGER.ordinal() + 1 && field == 1) {
                    bitWidth = in.int32();
                } else if (id == Annotation.INTEGER.ordinal() + 1 && field == 2) {
                    isSigned = in.bool();
                } else if (id == Annotation.TIMESTAMP.ordinal() + 1 && field == 2) {
                    in.struct(which -> {
                        unit = which;
                        in.skip();
                    });
                } else {
                    in.skip();
                }
            });
            logical = Optional.of(
                    new Logical(constant(Annotation.values(), id - 1, "logical type"), unit, bitWidth, isSigned));
        }

        private static <T> T constant(T[] constants, int index, String what) {
            if (index < 0 || index >= constants.length) {
                throw new IllegalStateException("the unknown " + what + " " + index);
            }
            return constants[index];
        }
    }
}
