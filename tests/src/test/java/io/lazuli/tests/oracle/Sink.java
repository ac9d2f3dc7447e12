package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// What runs a frame for a user, and the way back to rows.
enum Sink {
    COUNT("count"),
    COMPUTE("compute"),
    STREAM("stream"),
    PERSIST("persist"),
    WRITE_PARQUET("writeParquet"),
    WRITE_CSV("writeCsv"),
    WRITE_JSON("writeJson"),
    WRITE_ARROW("writeArrow");

    final String words;

    Sink(String words) {
        this.words = words;
    }

    /// How the result of this sink differs from what the oracle expects.
    Optional<String> difference(
            Query asked, Engine engine, List<Object[]> rows, Answers answers, OracleDatabase database,
            Path folder) {
        DataFrame frame = asked.frame().withEngine(engine);
        return switch (this) {
            case COUNT -> {
                long count = frame.count();
                yield count == rows.size() ? Optional.empty() : Optional.of(count + ", expected " + rows.size());
            }
            case COMPUTE -> carried(asked, rows, answers, () -> rowsOf(frame.compute()));
            case STREAM -> carried(asked, rows, answers, () -> {
                try (Stream<Table> tables = frame.stream()) {
                    return tables.flatMap(table -> rowsOf(table).stream())
                            .collect(Collectors.toCollection(ArrayList::new));
                }
            });
            case PERSIST -> {
                DataFrame held = frame.persist();
                try {
                    yield answers.difference(rows, FrameRun.of(held, engine, List.of()).rows());
                } finally {
                    held.unpersist();
                }
            }
            case WRITE_PARQUET, WRITE_CSV, WRITE_JSON, WRITE_ARROW -> {
                String file = folder.resolve("written-" + System.nanoTime() + suffix()).toString();
                write(frame, file);
                yield byOracle(asked, file, rows, answers, database)
                        .or(() -> byLazuli(file, frame, engine, rows, answers));
            }
        };
    }

    private String suffix() {
        return "." + words.substring("write".length()).toLowerCase(Locale.ROOT);
    }

    private void write(DataFrame frame, String file) {
        switch (this) {
            case WRITE_PARQUET -> frame.writeParquet(file);
            case WRITE_CSV -> frame.writeCsv(file);
            case WRITE_JSON -> frame.writeJson(file);
            case WRITE_ARROW -> frame.writeArrow(file);
            case COUNT, COMPUTE, STREAM, PERSIST -> throw new AssertionError(this);
        }
    }

    /// What the oracle finds in the file; Arrow it does not read.
    private Optional<String> byOracle(
            Query asked, String file, List<Object[]> rows, Answers answers, OracleDatabase database) {
        String types = asked.attributes().stream()
                .map(a -> "'%s': '%s'".formatted(a.name(), Dialect.type(a.type())))
                .collect(Collectors.joining(", "));
        return switch (this) {
            case WRITE_PARQUET -> written(asked, rows, answers, database, "read_parquet('" + file + "')");
            case WRITE_CSV -> written(asked, rows, answers, database,
                    "read_csv('%s', header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', allow_quoted_nulls = false, columns = {%s})"
                            .formatted(file, types));
            case WRITE_JSON -> written(asked, rows, answers, database,
                    "read_json('%s', format = 'newline_delimited', columns = {%s})".formatted(file, types));
            case COUNT, COMPUTE, STREAM, PERSIST, WRITE_ARROW -> Optional.empty();
        };
    }

    private Optional<String> byLazuli(
            String file, DataFrame frame, Engine engine, List<Object[]> rows, Answers answers) {
        if (frame.schema().fields().stream().anyMatch(field -> !Terms.TYPES.contains(field.type()))) {
            return Optional.empty();
        }
        FileFormat format = switch (this) {
            case WRITE_PARQUET -> FileFormat.OWN_PARQUET;
            case WRITE_CSV -> FileFormat.OWN_CSV;
            case WRITE_JSON -> FileFormat.OWN_JSON;
            case COUNT, COMPUTE, STREAM, PERSIST, WRITE_ARROW -> FileFormat.OWN_ARROW;
        };
        DataFrame again = format.read(file, frame.schema());
        return answers.difference(rows, FrameRun.of(again, engine, RuleSet.DEFAULT).rows())
                .map(difference -> "read by Lazuli: " + difference);
    }

    /// Whether files or tables of this kind have such columns, and both engines can read them.
    boolean carries(DataType type) {
        return switch (this) {
            case COUNT, PERSIST -> true;
            case WRITE_PARQUET -> Terms.TYPES.contains(type) || type instanceof DataType.Decimal;
            case COMPUTE, STREAM, WRITE_CSV, WRITE_JSON, WRITE_ARROW -> Terms.TYPES.contains(type);
        };
    }

    private static Optional<String> written(
            Query asked, List<Object[]> rows, Answers answers, OracleDatabase database, String source) {
        String cells = asked.attributes().stream().map(Dialect::cell).collect(Collectors.joining(", "));
        try {
            return answers.difference(rows, database.rows("SELECT " + cells + " FROM " + source));
        } catch (SQLException e) {
            return Optional.of("the oracle cannot read it: " + e.getMessage());
        }
    }

    private interface Tables {
        List<Object[]> rows();
    }

    /// Tablesaw carries all but a few values; for these there is an error.
    private static Optional<String> carried(Query asked, List<Object[]> rows, Answers answers, Tables tables) {
        boolean isCarried = rows.stream().allMatch(row -> isCarried(row, asked.attributes()));
        try {
            List<Object[]> found = tables.rows();
            return isCarried
                    ? answers.difference(rows.stream().map(Sink::lossy).toList(), found)
                    : Optional.of("no error, though Tablesaw has no such values");
        } catch (LazuliException e) {
            return isCarried ? Optional.of(e.toString()) : Optional.empty();
        }
    }

    private static boolean isCarried(Object[] row, List<Attribute> columns) {
        for (int c = 0; c < columns.size(); c++) {
            if (row[c] instanceof Long value && !isCarried(value, columns.get(c))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCarried(long value, Attribute column) {
        return switch (column.type()) {
            case DataType.Simple.INT -> value != Integer.MIN_VALUE;
            case DataType.Simple.LONG -> value != Long.MIN_VALUE;
            case DataType.Simple.TIMESTAMP -> value % 1000 == 0;
            default -> true;
        };
    }

    /// NaN and the empty text stand for missing values there.
    private static Object[] lossy(Object[] row) {
        Object[] lossy = row.clone();
        for (int c = 0; c < row.length; c++) {
            if (row[c] instanceof Double d && d.isNaN() || row[c] instanceof String text && text.isEmpty()) {
                lossy[c] = null;
            }
        }
        return lossy;
    }

    private static List<Object[]> rowsOf(Table table) {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            Object[] cells = new Object[table.columnCount()];
            for (int c = 0; c < cells.length; c++) {
                Column<?> column = table.column(c);
                cells[c] = column.isMissing(row) ? null : cell(column.get(row));
            }
            rows.add(cells);
        }
        return rows;
    }

    private static Object cell(Object value) {
        return switch (value) {
            case Integer i -> i.longValue();
            case LocalDate date -> date.toEpochDay();
            case LocalDateTime time -> time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
            default -> value;
        };
    }
}
