package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;

/// Random expressions that are durations; in SQL, microseconds.
final class DurationTerms {
    /// Two timestamps of tables are not farther apart.
    private static final double LONGEST = 0x1p60;
    private static final String DAY = "86400000000";

    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    DurationTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    Term draw(int depth) {
        return switch (choices.below(6)) {
            case 0 -> sum(depth);
            case 1 -> {
                Term start = terms.of(DataType.TIMESTAMP, depth);
                Term end = terms.of(DataType.TIMESTAMP, depth);
                draw.uses("TIMESTAMP - TIMESTAMP");
                yield duration(end.expr().minus(start.expr()),
                        "(epoch_us(" + end.sql() + ") - epoch_us(" + start.sql() + "))", LONGEST);
            }
            case 2 -> {
                Term start = terms.of(DataType.DATE, depth);
                Term end = terms.of(DataType.DATE, depth);
                draw.uses("DATE - DATE");
                yield duration(end.expr().minus(start.expr()),
                        "(CAST(" + end.sql() + " - " + start.sql() + " AS BIGINT) * " + DAY + ")", LONGEST);
            }
            case 3 -> times(depth);
            case 4 -> sign(terms.of(DataType.DURATION, depth));
            default -> {
                Term time = terms.of(DataType.TIMESTAMP, depth);
                draw.uses("timeOfDay");
                yield duration(time.expr().dt().timeOfDay(),
                        "(epoch_us(" + time.sql() + ") - epoch_us(date_trunc('day', " + time.sql() + ")))", 86_400e6);
            }
        };
    }

    /// The left side alone where the result might not fit.
    private Term sum(int depth) {
        Term left = terms.of(DataType.DURATION, depth);
        Term right = terms.of(DataType.DURATION, depth);
        double limit = left.limit() + right.limit();
        if (limit > Term.LONG_LIMIT) {
            return left;
        }
        boolean isSum = choices.below(2) == 0;
        draw.uses(isSum ? "DURATION + DURATION" : "DURATION - DURATION");
        return duration(isSum ? left.expr().plus(right.expr()) : left.expr().minus(right.expr()),
                "(" + left.sql() + (isSum ? " + " : " - ") + right.sql() + ")", limit);
    }

    private Term times(int depth) {
        Term left = terms.of(DataType.DURATION, depth);
        Term count = choices.below(2) == 0 ? terms.wholeLiteral() : terms.of(DataType.INT, depth);
        double limit = left.limit() * count.limit();
        if (limit > Term.LONG_LIMIT) {
            return left;
        }
        draw.uses("DURATION * number");
        return duration(left.expr().times(count.expr()),
                "(" + left.sql() + " * " + count.sqlAs(DataType.LONG) + ")", limit);
    }

    private Term sign(Term operand) {
        if (operand.limit() > Term.LONG_LIMIT) {
            return operand;
        }
        boolean isAbsolute = choices.below(2) == 0;
        draw.uses(isAbsolute ? "DURATION abs" : "DURATION negate");
        return duration(isAbsolute ? operand.expr().abs() : operand.expr().negate(),
                (isAbsolute ? "abs(" : "(-") + operand.sql() + ")", operand.limit());
    }

    private static Term duration(Expr expr, String sql, double limit) {
        return Term.of(DataType.DURATION, expr, sql, limit, 1, Trust.EXACT);
    }
}
