package io.lazuli.tests.oracle;

import static io.lazuli.dataframe.Expressions.greatest;
import static io.lazuli.dataframe.Expressions.least;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;

/// Random expressions that choose among values of any one type.
final class ValueTerms {
    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    ValueTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    Term draw(DataType type, int depth) {
        Term first = terms.of(type, depth);
        return switch (choices.below(5)) {
            case 0 -> {
                Term second = terms.of(type, depth);
                draw.uses("greatest");
                yield ofBoth(first, second, greatest(first.expr(), second.expr()), "greatest");
            }
            case 1 -> {
                Term second = terms.of(type, depth);
                draw.uses("least");
                yield ofBoth(first, second, least(first.expr(), second.expr()), "least");
            }
            case 2 -> {
                Term second = terms.of(type, depth);
                draw.uses("nullIf");
                yield like(first, first.expr().nullIf(second.expr()),
                        "nullif(" + first.sql() + ", " + second.sql() + ")");
            }
            case 3 -> type == DataType.FLOAT64 ? fillNaN(first, terms.of(type, depth)) : replaced(first);
            default -> clipped(first);
        };
    }

    /// Literals of whole numbers may be LONG among INTs, and are left as they are.
    private static Term ofBoth(Term first, Term second, Expr expr, String function) {
        Term either = Terms.both(first, second, expr, function + "(" + first.sql() + ", " + second.sql() + ")");
        return Term.of(either.type(), expr, either.sql(), either.limit(), either.grain(), zeroSign(either));
    }

    private static Trust zeroSign(Term term) {
        return term.type() == DataType.FLOAT64 ? term.trust().and(Trust.ZERO_SIGN) : term.trust();
    }

    private static Term like(Term operand, Expr expr, String sql) {
        return Term.of(operand.type(), expr, sql, operand.limit(), operand.grain(), zeroSign(operand));
    }

    private Term fillNaN(Term operand, Term other) {
        draw.uses("fillNaN");
        return Terms.both(operand, other, operand.expr().fillNaN(other.expr()),
                "CASE WHEN isnan(" + operand.sql() + ") THEN " + other.sql() + " ELSE " + operand.sql() + " END");
    }

    private Term replaced(Term operand) {
        if (operand.type() == DataType.UTF8) {
            draw.uses("replace texts");
            String[] from = {"ash", "", "NULL"};
            String[] to = {"elm", "empty", ""};
            return like(operand, operand.expr().replace(from, to),
                    "CASE %s WHEN 'ash' THEN 'elm' WHEN '' THEN 'empty' WHEN 'NULL' THEN '' ELSE %s END".formatted(
                            operand.sql(), operand.sql()));
        }
        if (operand.type() == DataType.INT || operand.type() == DataType.LONG) {
            draw.uses("replace numbers");
            Term replaced = like(operand, operand.expr().replace(new long[] {0, 1, -3}, new long[] {1, 0, 7}),
                    "CASE %s WHEN 0 THEN 1 WHEN 1 THEN 0 WHEN -3 THEN 7 ELSE %s END".formatted(
                            operand.sql(), operand.sql()));
            return Term.of(replaced.type(), replaced.expr(), "CAST(" + replaced.sql() + " AS "
                    + Dialect.type(replaced.type()) + ")", Math.max(7, operand.limit()), 1, operand.trust());
        }
        return operand;
    }

    private Term clipped(Term operand) {
        List<DataType> numbers = List.of(DataType.INT, DataType.LONG, DataType.FLOAT64);
        if (!numbers.contains(operand.type())) {
            return operand;
        }
        draw.uses("clip");
        String x = operand.sql();
        if (operand.type() == DataType.FLOAT64) {
            Expr expr = operand.expr().clip(-2.5, 100);
            return Term.of(operand.type(), expr,
                    "CASE WHEN isnan(%s) THEN %s ELSE greatest(least(%s, 100.0::DOUBLE), -2.5::DOUBLE) + CASE WHEN %s IS NULL THEN NULL ELSE 0 END END"
                            .formatted(x, x, x, x),
                    operand.limit(), 0, Trust.ZERO_SIGN);
        }
        return like(operand, operand.expr().clip(-2, 100),
                "CASE WHEN %s < -2 THEN CAST(-2 AS %s) WHEN %s > 100 THEN CAST(100 AS %s) ELSE %s END".formatted(
                        x, Dialect.type(operand.type()), x, Dialect.type(operand.type()), x));
    }
}
