package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;

/// Random expressions of the type [Terms#DECIMAL]; results with more digits are cast to it where they fit.
final class DecimalTerms {
    private static final List<DataType> CAST_FROM = List.of(DataType.INT, DataType.LONG, DataType.FLOAT64);

    private final Terms terms;
    private final Choices choices;
    private final Draw draw;

    DecimalTerms(Terms terms) {
        this.terms = terms;
        this.choices = terms.choices();
        this.draw = terms.draw();
    }

    Term draw(int depth) {
        return switch (choices.below(6)) {
            case 0 -> arithmetic("+", depth);
            case 1 -> arithmetic("-", depth);
            case 2 -> arithmetic("*", depth);
            case 3 -> cast(depth);
            case 4 -> sign(terms.of(Terms.DECIMAL, depth));
            default -> {
                Term operand = terms.of(Terms.DECIMAL, depth);
                draw.uses("decimal to text and back");
                yield like(operand, operand.expr().cast(DataType.UTF8).cast(Terms.DECIMAL), operand.sql());
            }
        };
    }

    /// The left side alone where the result might not fit.
    private Term arithmetic(String operator, int depth) {
        Term left = terms.of(Terms.DECIMAL, depth);
        Term right = terms.of(Terms.DECIMAL, depth);
        Expr x = left.expr();
        Expr y = right.expr();
        Expr exact = switch (operator) {
            case "+" -> x.plus(y);
            case "-" -> x.minus(y);
            default -> x.times(y);
        };
        double limit = operator.equals("*") ? left.limit() * right.limit() + 1 : left.limit() + right.limit();
        if (limit > Terms.DECIMAL_LIMIT) {
            return left;
        }
        draw.uses("decimal " + operator);
        return decimal(exact.cast(Terms.DECIMAL), "(" + left.sql() + " " + operator + " " + right.sql() + ")", limit);
    }

    private Term cast(int depth) {
        Term operand = terms.of(choices.oneOf(CAST_FROM), depth);
        boolean isWhole = operand.type() != DataType.FLOAT64;
        // eighths are the only doubles whose halves of a cent both engines see as such
        if (operand.limit() > Terms.DECIMAL_LIMIT - 1 || !isWhole && operand.grain() == 0) {
            return terms.leaf(Terms.DECIMAL);
        }
        draw.uses("cast " + operand.type() + " to decimal");
        return decimal(operand.expr().cast(Terms.DECIMAL), operand.sql(), operand.limit() + 1);
    }

    private Term sign(Term operand) {
        if (choices.below(2) == 0) {
            draw.uses("decimal abs");
            return like(operand, operand.expr().abs(), "abs(" + operand.sql() + ")");
        }
        draw.uses("decimal negate");
        return like(operand, operand.expr().negate(), "(-" + operand.sql() + ")");
    }

    private static Term like(Term operand, Expr expr, String sql) {
        return decimal(expr, sql, operand.limit());
    }

    private static Term decimal(Expr expr, String sql, double limit) {
        String cast = "CAST(" + sql + " AS " + Dialect.type(Terms.DECIMAL) + ")";
        return Term.of(Terms.DECIMAL, expr, cast, limit, 0.01, Trust.EXACT);
    }
}
