package io.lazuli.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/// Rows of a result, for comparison with the oracle's.
final class Rows {
    private static final double TOLERANCE = 1e-9;

    private Rows() {}

    /// Integers as Long, missing values as null.
    static List<List<Object>> of(Table table) {
        List<List<Object>> rows = new ArrayList<>();
        for (int r = 0; r < table.rowCount(); r++) {
            List<Object> row = new ArrayList<>();
            for (Column<?> column : table.columns()) {
                Object value = column.isMissing(r) ? null : column.get(r);
                row.add(value instanceof Integer i ? Long.valueOf(i) : value);
            }
            rows.add(row);
        }
        return rows;
    }

    /// Equal rows in equal order; floating values to a relative 1e-9.
    static void assertEqual(List<List<Object>> actual, List<List<Object>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int r = 0; r < actual.size(); r++) {
            assertThat(actual.get(r)).as("row %d", r).hasSameSizeAs(expected.get(r));
            for (int c = 0; c < actual.get(r).size(); c++) {
                assertValue(actual.get(r).get(c), expected.get(r).get(c), "row %d, column %d".formatted(r, c));
            }
        }
    }

    /// Equal rows in any order, told apart by their printed form.
    static void assertSame(List<List<Object>> actual, List<List<Object>> expected) {
        assertEqual(sorted(actual), sorted(expected));
    }

    private static List<List<Object>> sorted(List<List<Object>> rows) {
        return rows.stream().sorted(Comparator.comparing(Rows::sortKey)).toList();
    }

    /// Without floating values, which may differ in their last digits.
    private static String sortKey(List<Object> row) {
        return row.stream().filter(value -> !(value instanceof Double)).toList().toString();
    }

    private static void assertValue(Object actual, Object expected, String place) {
        if (actual instanceof Double a && expected instanceof Double e && !a.equals(e)) {
            assertThat(Math.abs(a - e)).as(place).isLessThanOrEqualTo(TOLERANCE * Math.max(Math.abs(e), 1e-300));
        } else {
            assertThat(actual).as(place).isEqualTo(expected);
        }
    }
}
