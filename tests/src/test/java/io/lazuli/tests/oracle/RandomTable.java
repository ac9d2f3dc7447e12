package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.fromEpochMicros;
import static io.lazuli.dataframe.Expressions.lit;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import io.lazuli.graph.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A random table: as a table of the oracle, and as the files that it writes of it, which Lazuli reads as a partition each.
///
/// @param cuts where files begin, but for the first; in ascending order, equal ones make files without rows
record RandomTable(String name, int rowCount, List<RandomColumn> columns, List<Integer> cuts, FileFormat format) {
    /// Tables from this many rows are big: their cases run on the engine with little memory.
    static final int BIG = 40_000;
    private static final List<Integer> ROW_COUNTS =
            List.of(3, 1, 0, 2, 7, 20, 20, 65, 65, 300, 300, 1_000, 5_000, 9_000);
    static RandomTable draw(String name, Choices choices, boolean isBig) {
        int rows = isBig ? BIG + choices.below(20_000) : choices.oneOf(ROW_COUNTS);
        int files = isBig ? choices.between(4, 12) : choices.chance(50) ? choices.between(2, 20) : 1;
        List<Integer> cuts =
                IntStream.range(1, files).map(i -> choices.below(rows + 1)).sorted().boxed().toList();
        List<RandomColumn> columns = new ArrayList<>();
        int width = choices.between(2, 8);
        for (int c = 0; c < width; c++) {
            columns.add(RandomColumn.draw(name + c, choices.oneOf(Terms.ALL_TYPES), choices));
        }
        return new RandomTable(name, rows, columns, cuts, choices.oneOf(List.of(FileFormat.values())));
    }

    List<Attribute> attributes() {
        return columns.stream().map(RandomColumn::attribute).toList();
    }

    int fileCount() {
        return cuts.size() + 1;
    }

    /// Makes the table and its files in `folder`.
    void create(OracleDatabase database, Path folder, Engine engine) throws SQLException, IOException {
        database.createTable(name, attributes());
        database.append(name, rowCount, columns);
        Path files = Files.createDirectories(folder.resolve(name));
        String items = String.join(", ", attributes().stream().map(this::stored).toList());
        for (int file = 0; file < fileCount(); file++) {
            int start = file == 0 ? 0 : cuts.get(file - 1);
            int end = file == cuts.size() ? rowCount : cuts.get(file);
            String select = "SELECT %s FROM %s WHERE %s >= %d AND %s < %d ORDER BY %s".formatted(
                    items, name, Dialect.ORDER, start, Dialect.ORDER, end, Dialect.ORDER);
            format.write(select, files, file, database, engine);
        }
    }

    /// A column as files have it: bytes as texts where the format has no bytes.
    private String stored(Attribute column) {
        String sql = column.sql();
        boolean isText = column.type() == DataType.BINARY && storedType(column.type()) == DataType.UTF8;
        return isText ? "decode(%s) AS %s".formatted(sql, sql) : sql;
    }

    /// Durations are numbers to the oracle.
    private DataType storedType(DataType type) {
        if (type == DataType.BINARY) {
            return format.hasBytes() ? type : DataType.UTF8;
        }
        return type == DataType.DURATION ? DataType.LONG : type;
    }

    DataFrame read(Path folder) {
        List<Field> stored = attributes().stream().map(a -> new Field(a.name(), storedType(a.type()))).toList();
        DataFrame frame = format.read(folder.resolve(name).toString(), new Schema(stored));
        Expr[] computed = attributes().stream()
                .filter(a -> !storedType(a.type()).equals(a.type()))
                .map(RandomTable::computed)
                .toArray(Expr[]::new);
        return computed.length == 0 ? frame : frame.withColumns(computed);
    }

    private static Expr computed(Attribute column) {
        Expr stored = col(column.name());
        Expr value = column.type() == DataType.DURATION
                ? fromEpochMicros(stored).minus(lit(LocalDateTime.of(1970, 1, 1, 0, 0)))
                : stored.cast(column.type());
        return value.as(column.name());
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
        traits.add(format.trait);
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
