package io.lazuli.tests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/// The oracle: an embedded DuckDB.
final class DuckDb implements AutoCloseable {
    private final Connection connection;

    DuckDb() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 2");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The rows of a query, numbers widened to Long or Double, dates and times as `java.time` has them.
    List<List<Object>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
                    row.add(widened(result.getObject(c)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Object widened(Object value) {
        return switch (value) {
            case Integer i -> i.longValue();
            case java.math.BigInteger big -> big.longValueExact();
            case Timestamp time -> time.toLocalDateTime();
            case null, default -> value;
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
