package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.io.CsvReadOptions;
import io.lazuli.dataframe.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A random table: as a table of the oracle, and as the files that it writes of it, which Lazuli reads as a partition each.
///
/// @param cuts where files begin, but for the first; in ascending order, equal ones make files without rows
record RandomTable(String name, int rowCount, List<RandomColumn> columns, List<Integer> cuts, Format format) {
    enum Format {
        PARQUET("FORMAT parquet, COMPRESSION snappy"),
        PARQUET_SMALL_GROUPS("FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048"),
        PARQUET_PLAIN("FORMAT parquet, COMPRESSION uncompressed"),
        CSV("FORMAT csv, HEADER");

        final String options;

        Format(String options) {
            this.options = options;
        }

        String suffix() {
            return this == CSV ? ".csv" : ".parquet";
        }
    }

    /// Tables from this many rows are big: their cases run on the engine with little memory.
    static final int BIG = 40_000;
    private static final List<Integer> ROW_COUNTS =
            List.of(3, 1, 0, 2, 7, 20, 20, 65, 65, 300, 300, 1_000, 5_000, 9_000);
    private static final List<DataType> TYPES = List.of(
            DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.BOOL, DataType.DATE,
            DataType.TIMESTAMP);

    static RandomTable draw(String name, Choices choices, boolean isBig) {
        int rows = isBig ? BIG + choices.below(20_000) : choices.oneOf(ROW_COUNTS);
        int files = isBig ? choices.between(4, 12) : choices.chance(50) ? choices.between(2, 20) : 1;
        List<Integer> cuts =
                IntStream.range(1, files).map(i -> choices.below(rows + 1)).sorted().boxed().toList();
        List<RandomColumn> columns = new ArrayList<>();
        int width = choices.between(2, 8);
        for (int c = 0; c < width; c++) {
            columns.add(RandomColumn.draw(name + c, choices.oneOf(TYPES), choices));
        }
        return new RandomTable(name, rows, columns, cuts, choices.oneOf(List.of(Format.values())));
    }

    List<Attribute> attributes() {
        return columns.stream().map(RandomColumn::attribute).toList();
    }

    int fileCount() {
        return cuts.size() + 1;
    }

    /// Makes the table and its files in `folder`.
    void create(OracleDatabase database, Path folder) throws SQLException, IOException {
        database.createTable(name, attributes());
        database.append(name, rowCount, columns);
        Files.createDirectories(folder.resolve(name));
        String names = String.join(", ", attributes().stream().map(Attribute::sql).toList());
        for (int file = 0; file < fileCount(); file++) {
            int start = file == 0 ? 0 : cuts.get(file - 1);
            int end = file == cuts.size() ? rowCount : cuts.get(file);
            Path path = folder.resolve(name).resolve("part-%02d%s".formatted(file, format.suffix()));
            database.run("COPY (SELECT %s FROM %s WHERE %s >= %d AND %s < %d ORDER BY %s) TO '%s' (%s)".formatted(
                    names, name, Dialect.ORDER, start, Dialect.ORDER, end, Dialect.ORDER, path, format.options));
        }
    }

    DataFrame read(Path folder) {
        String path = folder.resolve(name).toString();
        if (format != Format.CSV) {
            return DataFrame.readParquet(path);
        }
        CsvReadOptions options = CsvReadOptions.DEFAULTS;
        for (Attribute attribute : attributes()) {
            options = options.withType(attribute.name(), attribute.type());
        }
        return DataFrame.readCsv(path, options);
    }

    Query query(Path folder) {
        String cte = "%s_rows AS (SELECT * FROM %s)".formatted(name, name);
        return new Query(read(folder), List.of(cte), name + "_rows", attributes(), true, rowCount);
    }

    /// What is special about it, for the coverage table.
    Set<String> traits() {
        Set<String> traits = new LinkedHashSet<>();
        traits.add(rowCount == 0 ? "no rows" : rowCount == 1 ? "one row" : rowCount > 4096 ? "> 1 batch" : "few rows");
        columns.forEach(column -> traits.addAll(traits(column)));
        traits.add(fileCount() == 1 ? "1 part" : fileCount() < 6 ? "2-5 parts" : "6-20 parts");
        traits.add(format == Format.CSV ? "CSV" : "Parquet");
        return traits;
    }

    private static Set<String> traits(RandomColumn column) {
        Set<String> traits = new LinkedHashSet<>();
        if (column.nullPercent() > 0) {
            traits.add(column.nullPercent() == 100 ? "all null" : "nulls");
        }
        if (column.distribution().hasNan()) {
            traits.add("NaN");
        }
        if (column.hotPercent() > 0) {
            traits.add("hot value");
        }
        return traits;
    }

    /// The table as text: its making, and its rows if they are few.
    @Override
    public String toString() {
        Stream<String> rows = IntStream.range(0, Math.min(rowCount, 12))
                .mapToObj(row -> "  " + columns.stream().map(column -> column.value(row)).toList());
        return "%s: %d rows, files cut at %s, %s, %s%n%s".formatted(
                name, rowCount, cuts, format, columns, String.join("\n", rows.toList()));
    }
}
