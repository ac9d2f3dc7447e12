package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.FileErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the schema of a file: the columns that we have types for, and why the others are left out.
final class SchemaReader {
    private static final int DEEPEST = 32;
    private static final String[] TYPES = {
        "none", "Null", "Int", "FloatingPoint", "Binary", "Utf8", "Bool", "Decimal", "Date", "Time", "Timestamp",
        "Interval", "List", "Struct", "Union", "FixedSizeBinary", "FixedSizeList", "Map", "Duration", "LargeBinary",
        "LargeUtf8", "LargeList", "RunEndEncoded", "BinaryView", "Utf8View", "ListView", "LargeListView"
    };

    private final String path;
    private final List<ArrowColumn> columns = new ArrayList<>();
    private final SortedMap<String, String> skipped = new TreeMap<>();
    /// Columns with all that is nested in them.
    private int nodes;
    private int buffers;
    private int views;

    private SchemaReader(String path) {
        this.path = path;
    }

    /// @param skipped columns that cannot be read, with the reason
    record Columns(List<ArrowColumn> columns, SortedMap<String, String> skipped) {}

    /// Errors: DATA if it has too many columns; IllegalStateException if it makes no sense.
    static Columns read(String path, FlatTable schema) {
        if (schema.int16(0, 0) != 0) {
            throw new IllegalStateException("its numbers are big endian");
        }
        SchemaReader reader = new SchemaReader(path);
        Set<String> names = new HashSet<>();
        for (int f = 0, count = schema.length(1, 4); f < count; f++) {
            FlatTable field = schema.element(1, f);
            if (!names.add(field.text(0))) {
                throw new IllegalStateException("two of its columns are named '" + field.text(0) + "'");
            }
            reader.add(field);
        }
        return new Columns(List.copyOf(reader.columns), reader.skipped);
    }

    private void add(FlatTable field) {
        String name = field.text(0);
        Optional<ArrowForm> form = form(field.int8(2), field);
        boolean isCoded = field.has(4);
        if (form.isEmpty()) {
            skipped.put(name, "type " + typeName(field.int8(2)));
        } else {
            OptionalLong id = isCoded ? OptionalLong.of(field.table(4).int64(0)) : OptionalLong.empty();
            ArrowForm index = isCoded ? index(field.table(4)) : ArrowForm.INT32;
            columns.add(new ArrowColumn(name, form.get(), id, index, nodes, buffers, views));
        }
        passOver(field, isCoded, 0);
    }

    private static ArrowForm index(FlatTable dictionary) {
        if (!dictionary.has(1)) {
            return ArrowForm.INT32;
        }
        return integer(dictionary.table(1)).orElseThrow(
                () -> new IllegalStateException("the numbers that refer to a dictionary have an unknown width"));
    }

    /// Counts what a column has in a record batch, children and all.
    private void passOver(FlatTable field, boolean isCoded, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalStateException("its columns are nested more than " + DEEPEST + " deep");
        }
        // tables may share what is nested in them, so that a few bytes stand for more columns than there is time to count
        if (nodes++ == FileErrors.MOST_COLUMNS) {
            throw FileErrors.tooManyColumns("Arrow", path);
        }
        if (isCoded) {
            buffers += 2;
            return;
        }
        int type = field.int8(2);
        buffers += switch (type) {
            case 1, 22 -> 0;
            case 13, 16 -> 1;
            case 14 -> field.table(3).int16(0, 0) == 0 ? 1 : 2;
            case 2, 3, 6, 7, 8, 9, 10, 11, 12, 15, 17, 18, 21, 23, 24 -> 2;
            case 4, 5, 19, 20, 25, 26 -> 3;
            default -> throw new IllegalStateException("column '" + field.text(0) + "' is of unknown type " + type);
        };
        views += type == 23 || type == 24 ? 1 : 0;
        for (int child = 0, count = field.length(5, 4); child < count; child++) {
            FlatTable below = field.element(5, child);
            passOver(below, below.has(4), depth + 1);
        }
    }

    private static String typeName(int type) {
        return type > 0 && type < TYPES.length ? TYPES[type] : "number " + type;
    }

    private static Optional<ArrowForm> form(int type, FlatTable field) {
        return switch (type) {
            case 2 -> integer(field.table(3));
            case 3 -> floating(field.table(3));
            case 5 -> Optional.of(ArrowForm.TEXT);
            case 6 -> Optional.of(ArrowForm.BIT);
            case 8 -> Optional.of(field.table(3).int16(0, 1) == 0 ? ArrowForm.DAYS : ArrowForm.MILLIS_OF_DAYS);
            case 10 -> timestamp(field.table(3));
            case 20 -> Optional.of(ArrowForm.LARGE_TEXT);
            case 24 -> Optional.of(ArrowForm.TEXT_VIEW);
            default -> Optional.empty();
        };
    }

    private static Optional<ArrowForm> integer(FlatTable type) {
        boolean isSigned = type.bool(1);
        return switch (type.int32(0)) {
            case 8 -> Optional.of(isSigned ? ArrowForm.INT8 : ArrowForm.UINT8);
            case 16 -> Optional.of(isSigned ? ArrowForm.INT16 : ArrowForm.UINT16);
            case 32 -> Optional.of(isSigned ? ArrowForm.INT32 : ArrowForm.UINT32);
            case 64 -> Optional.of(isSigned ? ArrowForm.INT64 : ArrowForm.UINT64);
            default -> Optional.empty();
        };
    }

    private static Optional<ArrowForm> floating(FlatTable type) {
        return switch (type.int16(0, 0)) {
            case 1 -> Optional.of(ArrowForm.FLOAT);
            case 2 -> Optional.of(ArrowForm.DOUBLE);
            default -> Optional.empty();
        };
    }

    private static Optional<ArrowForm> timestamp(FlatTable type) {
        return switch (type.int16(0, 0)) {
            case 0 -> Optional.of(ArrowForm.SECONDS);
            case 1 -> Optional.of(ArrowForm.MILLIS);
            case 2 -> Optional.of(ArrowForm.MICROS);
            case 3 -> Optional.of(ArrowForm.NANOS);
            default -> Optional.empty();
        };
    }
}
