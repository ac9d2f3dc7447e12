package io.lazuli.tests.oracle;

import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// The oracle: an embedded DuckDB with random tables.
final class OracleDatabase implements AutoCloseable {
    /// Errors of the oracle that are defects of its own, as met with DuckDB 2.0.0.
    private static final List<String> DEFECTS =
            List.of("BindBuiltinScalarFunction did not return a BoundFunctionExpression");

    private final DuckDBConnection connection;

    OracleDatabase() throws SQLException {
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 1");
        run("SET error_on_division_by_zero = false");
        run("SET ieee_floating_point_ops = true");
        // aggregates that order rows may be asked to order them by a constant
        run("SET order_by_non_integer_literal = true");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// A table with a column that numbers the rows, and these.
    void createTable(String name, List<Attribute> columns) throws SQLException {
        List<String> definitions = new ArrayList<>(List.of(Dialect.ORDER + " BIGINT"));
        columns.forEach(column -> definitions.add(column.sql() + " " + Dialect.type(column.type())));
        run("CREATE OR REPLACE TABLE " + name + " (" + String.join(", ", definitions) + ")");
    }

    void append(String table, int rowCount, List<RandomColumn> columns) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            for (int row = 0; row < rowCount; row++) {
                appender.beginRow();
                appender.append((long) row);
                for (RandomColumn column : columns) {
                    append(appender, column.value(row));
                }
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, Object value) throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Boolean b -> appender.append(b.booleanValue());
            case Integer i -> appender.append(i.intValue());
            case Long l -> appender.append(l.longValue());
            case Double d -> appender.append(d.doubleValue());
            case LocalDate date -> appender.append(date);
            case LocalDateTime time -> appender.append(time);
            case BigDecimal number -> appender.append(number);
            case Duration duration -> appender.append(duration.toNanos() / 1000);
            case byte[] bytes -> appender.append(bytes);
            default -> appender.append((String) value);
        }
    }

    /// A question at which the oracle broke: there is no answer to compare with.
    static final class Broken extends SQLException {
        private static final long serialVersionUID = 1;

        Broken(String sql, SQLException cause) {
            super("The oracle broke (%s) at: %s".formatted(cause.getMessage(), sql), cause);
        }
    }

    /// The rows of a query: cells are null, Boolean, Long, Double or String. Errors: [Broken] for what is no fault of the query.
    List<Object[]> rows(String sql) throws SQLException {
        try {
            return answer(sql);
        } catch (SQLException e) {
            throw DEFECTS.stream().anyMatch(e.getMessage()::contains) ? new Broken(sql, e) : e;
        }
    }

    private List<Object[]> answer(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            List<Object[]> rows = new ArrayList<>();
            while (result.next()) {
                Object[] row = new Object[width];
                for (int c = 0; c < width; c++) {
                    Object value = result.getObject(c + 1);
                    row[c] = value instanceof Integer i ? Long.valueOf(i) : value;
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
