package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.col;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;
import java.util.Optional;

/// An expression twice: as a user of Lazuli writes it, and as SQL with the same meaning. The rest is as in [Attribute].
///
/// @param isLiteral a whole-number constant as it was written, which takes the type of what it meets
/// @param tolerance of a ROUNDED column that is passed on: the SQL of its tolerance
record Term(DataType type, Expr expr, String sql, double limit, double grain, Trust trust, boolean isLiteral,
        Optional<String> tolerance) {
    static final double INT_LIMIT = 0x1p31 - 1;
    static final double LONG_LIMIT = 0x1p62;

    static Term of(DataType type, Expr expr, String sql) {
        return of(type, expr, sql, Double.POSITIVE_INFINITY, 0, Trust.EXACT);
    }

    static Term of(DataType type, Expr expr, String sql, double limit, double grain, Trust trust) {
        return new Term(type, expr, sql, limit, grain, trust, false, Optional.empty());
    }

    /// A predicate: whatever it compares, its value is certain.
    static Term condition(Expr expr, String sql) {
        return of(DataType.BOOL, expr, sql);
    }

    static Term of(Attribute attribute) {
        Optional<String> tolerance =
                attribute.trust() == Trust.ROUNDED ? Optional.of(attribute.toleranceSql()) : Optional.empty();
        return new Term(attribute.type(), col(attribute.name()), attribute.sql(), attribute.limit(), attribute.grain(),
                attribute.trust(), false, tolerance);
    }

    Attribute as(String name) {
        return new Attribute(name, type, limit, grain, trust, Attribute.UNKNOWN);
    }

    /// Its place in a SELECT, under a name.
    String item(String name) {
        String item = sql + " AS " + Dialect.name(name);
        return tolerance.map(t -> item + ", " + t + " AS " + Dialect.tolerance(name)).orElse(item);
    }

    /// The SQL in another type, as coercion would have it.
    String sqlAs(DataType other) {
        return type.equals(other) ? sql : "CAST(" + sql + " AS " + Dialect.type(other) + ")";
    }

    /// The type in which operands meet; see [Expr].
    static DataType common(Term... terms) {
        List<Term> all = List.of(terms);
        boolean staysInt = all.stream().anyMatch(t -> t.type == DataType.INT)
                && all.stream().allMatch(t -> t.type == DataType.INT || t.isLiteral && t.limit <= INT_LIMIT);
        if (staysInt) {
            return DataType.INT;
        }
        return all.stream().map(Term::type).reduce(all.getFirst().type, Term::wider);
    }

    private static DataType wider(DataType left, DataType right) {
        if (left.equals(right)) {
            return left;
        }
        if (left.isNumeric()) {
            return left == DataType.FLOAT64 || right == DataType.FLOAT64 ? DataType.FLOAT64 : DataType.LONG;
        }
        return DataType.TIMESTAMP;
    }
}
