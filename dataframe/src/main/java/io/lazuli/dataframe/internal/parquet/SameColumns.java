package io.lazuli.dataframe.internal.parquet;

import io.lazuli.dataframe.internal.parquet.ParquetFile.StoredColumn;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Brings files to the columns of the first one: by name, in its order. A column that is INT in some files and LONG in others
/// becomes LONG in all, a decimal with equally many digits behind the point has the most digits of all; units of time and widths of
/// numbers that give the same type may differ anyway.
final class SameColumns {
    private SameColumns() {}

    /// Errors: DATA, naming both files and the column, if one has another column or a type that does not go together.
    static List<ParquetFile> of(List<ParquetFile> files) {
        ParquetFile first = files.getFirst();
        Map<String, DataType> types = new LinkedHashMap<>();
        first.columns().forEach(column -> types.put(column.name(), column.form().type()));
        for (ParquetFile file : files) {
            checkNames(first, file);
            for (StoredColumn column : file.columns()) {
                types.compute(column.name(), (name, type) -> common(first, file, column, Objects.requireNonNull(type)));
            }
        }
        return files.stream().map(file -> aligned(file, types)).toList();
    }

    private static void checkNames(ParquetFile first, ParquetFile file) {
        List<String> expected = names(first);
        List<String> found = names(file);
        for (String name : expected) {
            if (!found.contains(name)) {
                throw ParquetErrors.missingColumn(first.file().path(), file.file().path(), name, found);
            }
        }
        for (String name : found) {
            if (!expected.contains(name)) {
                throw ParquetErrors.missingColumn(file.file().path(), first.file().path(), name, expected);
            }
        }
    }

    private static List<String> names(ParquetFile file) {
        return file.columns().stream().map(StoredColumn::name).toList();
    }

    private static DataType common(ParquetFile first, ParquetFile file, StoredColumn column, DataType type) {
        DataType found = column.form().type();
        if (type.equals(found)) {
            return type;
        }
        if (isInteger(type) && isInteger(found)) {
            return DataType.LONG;
        }
        if (type instanceof DataType.Decimal one && found instanceof DataType.Decimal other
                && one.scale() == other.scale()) {
            return one.precision() > other.precision() ? one : other;
        }
        throw ParquetErrors.otherType(first.file().path(), file.file().path(), column.name(),
                typeIn(first, column.name()), found);
    }

    private static DataType typeIn(ParquetFile file, String name) {
        return file.columns().get(names(file).indexOf(name)).form().type();
    }

    private static boolean isInteger(DataType type) {
        return type == DataType.INT || type == DataType.LONG;
    }

    private static ParquetFile aligned(ParquetFile file, Map<String, DataType> types) {
        List<String> names = names(file);
        List<StoredColumn> columns = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        types.forEach((name, type) -> {
            int index = names.indexOf(name);
            StoredColumn column = file.columns().get(index);
            columns.add(column.form().type().equals(type) ? column : column.withForm(column.form().as(type)));
            order.add(index);
        });
        return file.withColumns(columns, order);
    }
}
