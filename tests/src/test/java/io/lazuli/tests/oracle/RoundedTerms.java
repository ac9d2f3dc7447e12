package io.lazuli.tests.oracle;

import io.lazuli.dataframe.Expr;
import io.lazuli.dataframe.MathOperations;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.tests.oracle.Attribute.Trust;
import java.util.List;
import java.util.Optional;

/// Random functions of analysis, of which libraries promise some units in the last place. Their operands are finite numbers.
final class RoundedTerms {
    private static final String NAN = "CAST('NaN' AS DOUBLE)";
    /// Sixteen units in the last place.
    private static final double TOLERANCE = 16 * Math.ulp(1.0);

    private final Terms terms;
    private final Draw draw;

    RoundedTerms(Terms terms) {
        this.terms = terms;
        this.draw = terms.draw();
    }

    private record Function(String name, Expr expr, String sql) {}

    Term draw() {
        Term operand = terms.finite();
        Term other = terms.finite();
        String x = operand.sqlAs(DataType.FLOAT64);
        String y = other.sqlAs(DataType.FLOAT64);
        MathOperations e = operand.expr().math();
        Function function = terms.choices().oneOf(List.of(
                new Function("exp", e.exp(), "exp(" + x + ")"),
                new Function("log", e.log(), positive(x, "ln")),
                new Function("log10", e.log10(), positive(x, "log10")),
                new Function("log2", e.log2(), positive(x, "log2")),
                new Function("cbrt", e.cbrt(), "cbrt(" + x + ")"),
                new Function("sin", e.sin(), "sin(" + x + ")"),
                new Function("cos", e.cos(), "cos(" + x + ")"),
                new Function("tan", e.tan(), "tan(" + x + ")"),
                new Function("asin", e.asin(), arc(x, "asin")),
                new Function("acos", e.acos(), arc(x, "acos")),
                new Function("atan", e.atan(), "atan(" + x + ")"),
                new Function("tanh", e.tanh(), "tanh(" + x + ")"),
                new Function("degrees", e.degrees(), "degrees(" + x + ")"),
                new Function("radians", e.radians(), "radians(" + x + ")"),
                new Function("pow", e.pow(2.5), "pow(" + x + ", 2.5)"),
                new Function("atan2", e.atan2(other.expr()), "atan2(" + x + ", " + y + ")")));
        draw.uses(function.name());
        String tolerance = "coalesce(abs(" + function.sql() + ") * " + TOLERANCE + ", 0)";
        return new Term(DataType.FLOAT64, function.expr(), function.sql(), Double.POSITIVE_INFINITY, 0, Trust.ROUNDED,
                false, Optional.of(tolerance));
    }

    private static String positive(String x, String function) {
        return "CASE WHEN %s < 0 THEN %s WHEN %s = 0 THEN CAST('-Infinity' AS DOUBLE) ELSE %s(%s) END".formatted(
                x, NAN, x, function, x);
    }

    private static String arc(String x, String function) {
        return "CASE WHEN abs(%s) > 1 THEN %s ELSE %s(%s) END".formatted(x, NAN, function, x);
    }
}
