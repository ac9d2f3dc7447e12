package io.lazuli.dataframe.internal.arrow;

import io.lazuli.dataframe.internal.FileErrors;
import io.lazuli.dataframe.type.DataType;
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
    /// How a dictionary is referred to if nothing is said.
    private static final ArrowForm NARROW = ArrowForm.of(VectorKind.INT32, DataType.INT);

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
        long nameBytes = 0;
        for (int f = 0, count = schema.length(1, 4); f < count; f++) {
            FlatTable field = schema.element(1, f);
            // names may be told by overlapping bytes, so that a few bytes stand for any number of long ones
            nameBytes += field.length(0, 1);
            if (nameBytes > schema.bytes().limit()) {
                throw new IllegalStateException("the names of its columns overlap");
            }
            if (!names.add(field.text(0))) {
                throw new IllegalStateException("two of its columns are named '" + field.text(0) + "'");
            }
            reader.add(field);
        }
        return new Columns(List.copyOf(reader.columns), reader.skipped);
    }

    private void add(FlatTable field) {
        String name = field.text(0);
        int type = field.int8(2);
        Optional<ArrowForm> form = field.has(3) ? VectorTypes.form(type, field.table(3)) : Optional.empty();
        boolean isCoded = field.has(4);
        if (form.isEmpty()) {
            skipped.put(name, "type " + VectorTypes.describe(type, field));
        } else {
            OptionalLong id = isCoded ? OptionalLong.of(field.table(4).int64(0)) : OptionalLong.empty();
            ArrowForm index = isCoded ? index(field.table(4)) : NARROW;
            columns.add(new ArrowColumn(name, form.get(), id, index, nodes, buffers, views));
        }
        passOver(field, isCoded, 0);
    }

    private static ArrowForm index(FlatTable dictionary) {
        if (!dictionary.has(1)) {
            return NARROW;
        }
        return VectorTypes.integer(dictionary.table(1)).orElseThrow(
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
}
