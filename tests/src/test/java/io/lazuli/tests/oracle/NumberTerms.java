package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.MathOperations;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;

/// Random expressions that are numbers.
final class NumberTerms {
    private static final List<DataType> CAST_FROM = List.of(
            DataType.INT, DataType.LONG, DataType.FLOAT64, DataType.UTF8, DataType.BOOL, Terms.DECIMAL);

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
        return switch (choices.below(6)) {
            case 0, 1 -> arithmetic(type, depth);
            case 2 -> cast(type, depth);
            case 3 -> type == DataType.LONG ? mapped(depth) : arithmetic(type, depth);
            default -> other(type, depth);
        };
    }

    private Term other(DataType type, int depth) {
        WholeTerms whole = new WholeTerms(terms);
        return switch (choices.below(3)) {
            case 0 -> signed(terms.of(type, depth));
            case 1 -> bits(type, depth);
            default -> type == DataType.INT ? whole.part(depth) : whole.span(depth);
        };
    }

    private Term bits(DataType type, int depth) {
        Term left = terms.of(type, depth);
        Term right = terms.of(type, depth);
        DataType common = Term.common(left, right);
        double limit = common == DataType.INT ? 0x1p31 : 0x1p63;
        MathOperations e = left.expr().math();
        String x = left.sqlAs(common);
        String y = right.sqlAs(common);
        return switch (choices.below(3)) {
            case 0 -> bits("bitAnd", common, e.bitAnd(right.expr()), "(" + x + " & " + y + ")", limit);
            case 1 -> bits("bitOr", common, e.bitOr(right.expr()), "(" + x + " | " + y + ")", limit);
            default -> bits("bitXor", common, e.bitXor(right.expr()), "xor(" + x + ", " + y + ")", limit);
        };
    }

    private Term bits(String feature, DataType type, Expr expr, String sql, double limit) {
        draw.uses(feature);
        return Term.of(type, expr, sql, limit, 1, Trust.EXACT);
    }

    /// Of whole numbers; the left side alone where the result might not fit.
    private Term arithmetic(DataType type, int depth) {
        Term left = terms.of(type, depth);
        Term right = choices.below(2) == 0 ? terms.wholeLiteral() : terms.of(type, depth);
        DataType common = Term.common(left, right);
        if (common != type) {
            return left;
        }
        return switch (choices.below(6)) {
            case 0 -> checked(left, arithmetic("+", left, right, left.limit() + right.limit()));
            case 1 -> checked(left, arithmetic("-", left, right, left.limit() + right.limit()));
            case 2 -> checked(left, arithmetic("*", left, right, left.limit() * right.limit()));
            case 3 -> checked(left, arithmetic("//", left, right, left.limit() + 1));
            case 4 -> checked(left, arithmetic("modulo", left, right, right.limit() + left.limit()));
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
            case "//" -> a.floorDividedBy(b);
            case "modulo" -> a.modulo(b);
            default -> a.remainder(b);
        };
        String sql = switch (operator) {
            case "%" -> Dialect.remainder(x, y, type);
            case "//" -> Dialect.floorQuotient(x, y);
            case "modulo" -> Dialect.modulo(x, y);
            default -> "(" + x + " " + operator + " " + y + ")";
        };
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
        return switch (choices.below(11)) {
            case 0 -> real("round", operand, e.round(), "round_even(" + x + ", 0)", limit);
            case 1 -> real("floor", operand, e.floor(), "floor(" + x + ")", limit);
            case 2 -> real("ceil", operand, e.ceil(), "ceil(" + x + ")", limit);
            case 3 -> real("sqrt", operand, e.sqrt(), "sqrt(" + x + ")", Double.POSITIVE_INFINITY);
            case 4 -> real("cast to FLOAT64", operand, e.cast(DataType.FLOAT64), x, operand.limit());
            case 5 -> throughText(terms.of(DataType.FLOAT64, depth));
            case 6 -> mappedReal(depth);
            case 7 -> {
                Term decimal = terms.of(Terms.DECIMAL, depth);
                yield real("cast decimal to FLOAT64", decimal, decimal.expr().cast(DataType.FLOAT64),
                        decimal.sqlAs(DataType.FLOAT64), decimal.limit());
            }
            case 8 -> real("sign", operand, e.math().sign(),
                    "CASE WHEN isnan(%s) OR %s = 0 THEN %s WHEN %s > 0 THEN 1.0::DOUBLE WHEN %s < 0 THEN -1.0::DOUBLE END"
                            .formatted(x, x, x, x, x),
                    limit);
            case 9 -> {
                Term duration = terms.of(DataType.DURATION, depth);
                yield real("totalSeconds", duration, duration.expr().dt().totalSeconds(),
                        "(" + duration.sqlAs(DataType.FLOAT64) + " / 1e6)", duration.limit());
            }
            default -> signed(terms.of(DataType.FLOAT64, depth));
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

    private Term signed(Term operand) {
        boolean fits = operand.type() == DataType.FLOAT64
                || operand.limit() <= (operand.type() == DataType.INT ? Term.INT_LIMIT : Term.LONG_LIMIT);
        if (!fits) {
            return operand;
        }
        boolean isAbsolute = choices.below(2) == 0;
        draw.uses(isAbsolute ? "abs" : "negate");
        return Term.of(operand.type(), isAbsolute ? operand.expr().abs() : operand.expr().negate(),
                (isAbsolute ? "abs(" : "(-") + operand.sqlAs(operand.type()) + ")", operand.limit(), operand.grain(),
                operand.trust());
    }

    /// To a whole number, of whatever fits.
    private Term cast(DataType type, int depth) {
        DataType from = choices.oneOf(CAST_FROM);
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
        boolean hasFraction = from == DataType.FLOAT64 || from.equals(Terms.DECIMAL);
        String sql = hasFraction ? Dialect.truncated(operand.sql(), type) : operand.sqlAs(type);
        double limit = from == DataType.BOOL ? 1 : operand.limit();
        return Term.of(type, operand.expr().cast(type), sql, limit, 1, Trust.EXACT);
    }
}
