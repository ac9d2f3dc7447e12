package io.lazuli.tests.oracle;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.type.Field;
import io.lazuli.dataframe.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table that two engines compute: a frame, and SQL with the same meaning. Operators make others of it, adding a call to the one
/// and a named subquery to the other.
///
/// @param subqueries `name AS (SELECT ...)`, each after those it reads
/// @param name       of the last of them; besides `attributes` it has the tolerances of those that are ROUNDED, and
///                   [Dialect#ORDER] if the rows have an order
/// @param rowLimit   there are no more rows than that
record Query(DataFrame frame, List<String> subqueries, String name, List<Attribute> attributes, boolean isOrdered,
        long rowLimit) {
    /// Checks the frame's schema, which is told before anything runs.
    Query {
        Schema expected = new Schema(attributes.stream().map(a -> new Field(a.name(), a.type())).toList());
        if (!frame.schema().equals(expected)) {
            throw new AssertionError(
                    "schema of the frame: " + frame.schema() + ", expected: " + expected + "\n" + frame);
        }
    }

    /// The result of `SELECT select FROM this rest`, named `next`.
    Query then(String next, DataFrame nextFrame, String select, String rest, List<Attribute> columns, boolean ordered,
            long rows) {
        String items = ordered ? Dialect.ORDER + ", " + select : select;
        List<String> all = new ArrayList<>(subqueries);
        all.add("%s AS (SELECT %s FROM %s %s)".formatted(next, items, name, rest));
        return new Query(nextFrame, all, next, columns, ordered, rows);
    }

    /// The same, with rows that the SQL has numbered.
    Query ordered() {
        return new Query(frame, subqueries, name, attributes, true, rowLimit);
    }

    /// The subqueries of both, each once.
    List<String> with(Query other) {
        Set<String> all = new LinkedHashSet<>(subqueries);
        all.addAll(other.subqueries);
        return List.copyOf(all);
    }

    Optional<Attribute> find(String column) {
        return attributes.stream().filter(a -> a.name().equals(column)).findFirst();
    }

    /// All columns, as items of a SELECT.
    String allItems() {
        return items(attributes);
    }

    static String items(List<Attribute> columns) {
        return columns.stream().map(a -> Term.of(a).item(a.name())).collect(Collectors.joining(", "));
    }

    /// The whole text: a cell for each attribute, then the tolerances of those that are rounded.
    String sql() {
        Stream<String> cells = attributes.stream().map(Dialect::cell);
        Stream<String> tolerances = rounded().stream().map(Attribute::toleranceSql);
        return "WITH %s%nSELECT %s FROM %s%s".formatted(
                String.join(",\n     ", subqueries),
                Stream.concat(cells, tolerances).collect(Collectors.joining(", ")),
                name,
                isOrdered ? " ORDER BY " + Dialect.ORDER : "");
    }

    List<Attribute> rounded() {
        return attributes.stream().filter(a -> !a.isKey()).toList();
    }
}
