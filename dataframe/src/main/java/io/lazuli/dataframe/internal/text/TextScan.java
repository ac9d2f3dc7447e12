package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.io.BadRowReport;
import io.lazuli.dataframe.io.BadRows;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a [TextReader] is to read.
///
/// @param format  what errors call it, such as `CSV`
/// @param columns that the scanner finds
/// @param indexes of those in the schema of the source
/// @param wanted  columns of the result: places in `columns`, or [#PATH]
/// @param recordBytes of the longest record that is read
public record TextScan(
        String format,
        List<Field> columns,
        List<Integer> indexes,
        List<Integer> wanted,
        BadRows badRows,
        Optional<BadRowReport> report,
        int recordBytes) {
    /// Instead of a column: the path of the file.
    static final int PATH = -1;

    /// @param fileColumns how many of the schema's columns are in the file; one more is its path
    public static TextScan of(String format, Schema schema, int fileColumns, List<Integer> requested, BadRows badRows,
            Optional<BadRowReport> report, int recordBytes) {
        // Whether a row is bad must not depend on which columns a query happens to use.
        List<Integer> indexes = badRows == BadRows.SKIP
                ? IntStream.range(0, fileColumns).boxed().toList()
                : requested.stream().filter(index -> index < fileColumns).distinct().toList();
        List<Field> columns = indexes.stream().map(schema::field).toList();
        Map<Integer, Integer> places = new HashMap<>();
        indexes.forEach(index -> places.put(index, places.size()));
        List<Integer> wanted =
                requested.stream().map(index -> index < fileColumns ? places.getOrDefault(index, PATH) : PATH).toList();
        return new TextScan(format, columns, indexes, wanted, badRows, report, recordBytes);
    }
}
