package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;

/// Random expressions that are numbers.
final class NumberTerms {
    /// Texts are not longer, whatever is done with them.
    private static final double LONGEST_TEXT = 100_000;

    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    NumberTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    Term draw(DataType type, int depth) {
        if (type == DataType.FLOAT64) {
            return choices.below(2) == 0 ? real(depth) : function(depth);
        }
        return switch (choices.below(5)) {
            case 0, 1 -> arithmetic(type, depth);
            case 2 -> cast(type, depth);
            case 3 -> type == DataType.LONG ? mapped(depth) : arithmetic(type, depth);
            default -> type == DataType.INT ? part(depth) : absolute(terms.of(type, depth));
        };
    }

    /// Of whole numbers; the left side alone where the result might not fit.
    private Term arithmetic(DataType type, int depth) {
        Term left = terms.of(type, depth);
        Term right = choices.below(2) == 0 ? terms.wholeLiteral() : terms.of(type, depth);
        DataType common = Term.common(left, right);
        if (common != type) {
            return left;
        }
        return switch (choices.below(4)) {
            case 0 -> checked(left, arithmetic("+", left, right, left.limit() + right.limit()));
            case 1 -> checked(left, arithmetic("-", left, right, left.limit() + right.limit()));
            case 2 -> checked(left, arithmetic("*", left, right, left.limit() * right.limit()));
            default -> arithmetic("%", left, right, left.limit());
        };
    }

    private static Term checked(Term left, Term result) {
        return result.limit() <= (result.type() == DataType.INT ? Term.INT_LIMIT : Term.LONG_LIMIT) ? result : left;
    }

    private Term arithmetic(String operator, Term left, Term right, double limit) {
        draw.uses(operator);
        DataType type = operator.equals("/") ? DataType.FLOAT64 : Term.common(left, right);
        String x = left.sqlAs(type);
        String y = right.sqlAs(type);
        Expr a = left.expr();
        Expr b = right.expr();
        Expr expr = switch (operator) {
            case "+" -> a.plus(b);
            case "-" -> a.minus(b);
            case "*" -> a.times(b);
            case "/" -> a.dividedBy(b);
            default -> a.remainder(b);
        };
        String sql = operator.equals("%")
                ? Dialect.remainder(x, y, type)
                : "(" + x + " " + operator + " " + y + ")";
        return Term.of(type, expr, sql, limit, type == DataType.FLOAT64 ? 0 : 1, Terms.trust(left, right));
    }

    private Term real(int depth) {
        Term left = terms.of(DataType.FLOAT64, depth);
        Term right = switch (choices.below(3)) {
            case 0 -> terms.wholeLiteral();
            case 1 -> terms.of(DataType.INT, depth);
            default -> terms.of(DataType.FLOAT64, depth);
        };
        double none = Double.POSITIVE_INFINITY;
        boolean divides = right.trust() == Trust.EXACT;
        return switch (choices.below(divides ? 5 : 3)) {
            case 0 -> arithmetic("+", left, right, left.limit() + right.limit());
            case 1 -> arithmetic("-", left, right, left.limit() + right.limit());
            case 2 -> arithmetic("*", left, right, none);
            case 3 -> arithmetic("/", left, right, none);
            default -> arithmetic("%", left, right, none);
        };
    }

    private Term function(int depth) {
        Term operand = terms.of(choices.oneOf(Terms.TYPES.subList(0, 3)), depth);
        String x = operand.sqlAs(DataType.FLOAT64);
        double limit = operand.limit() + 1;
        Expr e = operand.expr();
        return switch (choices.below(8)) {
            case 0 -> real("round", operand, e.round(), "round_even(" + x + ", 0)", limit);
            case 1 -> real("floor", operand, e.floor(), "floor(" + x + ")", limit);
            case 2 -> real("ceil", operand, e.ceil(), "ceil(" + x + ")", limit);
            case 3 -> real("sqrt", operand, e.sqrt(), "sqrt(" + x + ")", Double.POSITIVE_INFINITY);
            case 4 -> real("cast to FLOAT64", operand, e.cast(DataType.FLOAT64), x, operand.limit());
            case 5 -> throughText(terms.of(DataType.FLOAT64, depth));
            case 6 -> mappedReal(depth);
            default -> absolute(terms.of(DataType.FLOAT64, depth));
        };
    }

    private Term real(String feature, Term operand, Expr expr, String sql, double limit) {
        draw.uses(feature);
        return Term.of(DataType.FLOAT64, expr, sql, limit, 0, operand.trust());
    }

    /// Through a function of the user.
    private Term mapped(int depth) {
        Term operand = terms.of(choices.oneOf(Terms.TYPES.subList(0, 2)), depth);
        if (operand.limit() > Term.LONG_LIMIT / 2) {
            return operand.type() == DataType.LONG ? operand : terms.of(DataType.LONG, depth);
        }
        draw.uses("mapLong");
        return Term.of(DataType.LONG, operand.expr().mapLong("twice and one", x -> 2 * x + 1),
                "(2 * " + operand.sqlAs(DataType.LONG) + " + 1)", 2 * operand.limit() + 1, 1, operand.trust());
    }

    private Term mappedReal(int depth) {
        Term operand = terms.of(choices.oneOf(Terms.TYPES.subList(0, 3)), depth);
        draw.uses("mapDouble");
        return Term.of(DataType.FLOAT64, operand.expr().mapDouble("half", x -> x / 2),
                "(" + operand.sqlAs(DataType.FLOAT64) + " / 2)", operand.limit(), 0, operand.trust());
    }

    /// To text and back.
    private Term throughText(Term operand) {
        draw.uses("number to text and back");
        return Term.of(operand.type(), operand.expr().cast(DataType.UTF8).cast(operand.type()), operand.sql(),
                operand.limit(), operand.grain(), operand.trust());
    }

    private Term absolute(Term operand) {
        boolean fits = operand.type() == DataType.FLOAT64
                || operand.limit() <= (operand.type() == DataType.INT ? Term.INT_LIMIT : Term.LONG_LIMIT);
        if (!fits) {
            return operand;
        }
        draw.uses("abs");
        return Term.of(operand.type(), operand.expr().abs(), "abs(" + operand.sql() + ")", operand.limit(),
                operand.grain(), operand.trust());
    }

    /// To a whole number, of whatever fits.
    private Term cast(DataType type, int depth) {
        DataType from = choices.oneOf(Terms.TYPES.subList(0, 5));
        if (from == DataType.UTF8) {
            return throughText(terms.of(type, depth));
        }
        Term operand = terms.of(from, depth);
        boolean fits = from == DataType.BOOL || from == type || from == DataType.INT
                || operand.limit() < (type == DataType.INT ? Term.INT_LIMIT : Term.LONG_LIMIT);
        if (!fits) {
            return terms.of(type, depth);
        }
        draw.uses("cast " + from + " to " + type);
        String sql = from == DataType.FLOAT64 ? Dialect.truncated(operand.sql(), type) : operand.sqlAs(type);
        double limit = from == DataType.BOOL ? 1 : operand.limit();
        return Term.of(type, operand.expr().cast(type), sql, limit, 1, Trust.EXACT);
    }

    /// A part of a time, or the length of a text.
    private Term part(int depth) {
        if (choices.below(2) == 0) {
            Term text = terms.of(DataType.UTF8, depth);
            draw.uses("length");
            return whole(text.expr().str().length(), "length(" + text.sql() + ")", LONGEST_TEXT);
        }
        Term time = terms.of(choices.below(2) == 0 ? DataType.DATE : DataType.TIMESTAMP, depth);
        String part = new TimeTerms(terms).part(time);
        draw.uses(part);
        Expr expr = switch (part) {
            case "year" -> time.expr().dt().year();
            case "month" -> time.expr().dt().month();
            case "day" -> time.expr().dt().day();
            case "isodow" -> time.expr().dt().dayOfWeek();
            default -> time.expr().dt().hour();
        };
        return whole(expr, part + "(" + time.sql() + ")", 300_000);
    }

    private static Term whole(Expr expr, String sql, double limit) {
        return Term.of(DataType.INT, expr, "CAST(" + sql + " AS INTEGER)", limit, 1, Trust.EXACT);
    }
}
