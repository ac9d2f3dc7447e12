package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.max;
import static io.lazuli.dataframe.Expressions.mean;
import static io.lazuli.dataframe.Expressions.min;
import static io.lazuli.dataframe.Expressions.sum;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;
import java.util.Optional;

/// Random aggregates of the rows of a query, whose number is at most `rowLimit`. A new one is a method and its place in
/// [#any].
final class Aggregates {
    private static final double EXACT_SUM = 0x1p53;
    private static final String EPSILON = "2.220446049250313e-16";

    private static final List<DataType> NUMBERS =
            List.of(DataType.INT, DataType.LONG, DataType.FLOAT64, Terms.DECIMAL);

    private final Draw draw;
    private final Choices choices;
    private final Terms terms;
    private final boolean isOrdered;
    private final long rowLimit;

    Aggregates(Draw draw, Query input) {
        this.draw = draw;
        this.choices = draw.choices();
        this.terms = new Terms(draw, input.attributes());
        this.isOrdered = input.isOrdered();
        this.rowLimit = input.rowLimit();
    }

    Term any() {
        return switch (choices.below(16)) {
            case 0 -> counted("count()", count(), "count(*)");
            case 1 -> {
                Term operand = terms.any(1);
                yield counted("count", count(operand.expr()), "count(" + operand.sql() + ")");
            }
            case 2 -> extreme("min", terms.any(1));
            case 3 -> extreme("max", terms.any(1));
            case 4 -> average(number());
            case 5 -> range();
            case 6, 7 -> choices.below(6) == 5 ? totalDuration(terms.of(DataType.DURATION, 1)) : total(number());
            default -> new Statistics(draw, terms, isOrdered, rowLimit).draw();
        };
    }

    private Term number() {
        DataType type = terms.someType();
        return terms.of(NUMBERS.contains(type) ? type : choices.oneOf(NUMBERS), 1);
    }

    private Term counted(String feature, Expr expr, String sql) {
        draw.uses(feature);
        return Term.of(DataType.LONG, expr, sql, rowLimit, 1, Trust.EXACT);
    }

    private Term extreme(String name, Term operand) {
        draw.uses(name);
        Trust trust = operand.type() == DataType.FLOAT64 ? operand.trust().and(Trust.ZERO_SIGN) : operand.trust();
        return Term.of(operand.type(), name.equals("min") ? min(operand.expr()) : max(operand.expr()),
                name + "(" + operand.sql() + ")", operand.limit(), operand.grain(), trust);
    }

    /// Arithmetic of aggregates.
    private Term range() {
        Term operand = terms.of(choices.below(2) == 0 ? DataType.INT : DataType.FLOAT64, 1);
        if (operand.type() == DataType.INT && 2 * operand.limit() > Term.INT_LIMIT) {
            return extreme("max", operand);
        }
        draw.uses("max - min");
        return Term.of(operand.type(), max(operand.expr()).minus(min(operand.expr())),
                "(max(%s) - min(%s))".formatted(operand.sql(), operand.sql()), 2 * operand.limit(), 0,
                operand.type() == DataType.FLOAT64 ? Trust.ZERO_SIGN : operand.trust());
    }

    private Term total(Term operand) {
        double limit = operand.limit() * rowLimit;
        if (operand.type().equals(Terms.DECIMAL)) {
            draw.uses("sum of decimals");
            DataType type = DataType.decimal(18, 2);
            return Term.of(type, sum(operand.expr()),
                    "CAST(sum(%s) AS %s)".formatted(operand.sql(), Dialect.type(type)),
                    limit, 0.01, Trust.EXACT);
        }
        if (operand.type() == DataType.FLOAT64) {
            draw.uses("sum of FLOAT64");
            boolean isExact = operand.grain() > 0 && limit / operand.grain() < EXACT_SUM;
            String sql = "sum(" + operand.sql() + ")";
            return isExact
                    ? Term.of(DataType.FLOAT64, sum(operand.expr()), sql, limit, operand.grain(), Trust.ZERO_SIGN)
                    : rounded(sum(operand.expr()), sql, sumTolerance(operand.sql()));
        }
        // a sum that does not fit is an error, which must not go unseen above
        if (limit > Term.LONG_LIMIT && !draw.isLast()) {
            return extreme("max", operand);
        }
        draw.uses(limit > Term.LONG_LIMIT ? "sum that may overflow" : "sum of whole numbers");
        return Term.of(DataType.LONG, sum(operand.expr()), "CAST(sum(" + operand.sql() + ") AS BIGINT)", limit, 1,
                Trust.EXACT);
    }

    private Term totalDuration(Term operand) {
        double limit = operand.limit() * rowLimit;
        if (limit > Term.LONG_LIMIT) {
            return extreme("min", operand);
        }
        draw.uses("sum of durations");
        return Term.of(DataType.DURATION, sum(operand.expr()), "CAST(sum(" + operand.sql() + ") AS BIGINT)", limit, 1,
                Trust.EXACT);
    }

    private Term average(Term operand) {
        draw.uses("mean");
        String x = operand.sqlAs(DataType.FLOAT64);
        return rounded(mean(operand.expr()), "avg(" + x + ")", "(%s) / count(%s)".formatted(sumTolerance(x), x));
    }

    private static Term rounded(Expr expr, String sql, String tolerance) {
        return new Term(DataType.FLOAT64, expr, sql, Double.POSITIVE_INFINITY, 0, Trust.ROUNDED, false,
                Optional.of(tolerance));
    }

    /// n eps sum|x| for each of the two engines; infinite where the finite values alone may overflow.
    private static String sumTolerance(String x) {
        return "4 * %s * count(%s) * coalesce(sum(abs(%s)) FILTER (isfinite(%s)), 0)".formatted(EPSILON, x, x, x);
    }
}
