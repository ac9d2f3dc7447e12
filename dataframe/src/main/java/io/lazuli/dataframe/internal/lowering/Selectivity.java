package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import java.util.List;
import java.util.Optional;

/// Which part of the rows a predicate keeps, guessed from its form alone.
///
/// Source: the factors of System R (Selinger et al., "Access Path Selection in a Relational Database Management System", 1979,
/// table 1). Columns are rarely independent, so of several conditions the strongest counts in full, the next with its square
/// root, and so on (the exponential backoff of SQL Server 2014): a product would guess too low, and what is taken for small is
/// copied to every task.
final class Selectivity {
    private static final double EQUAL = 0.1;
    private static final double RANGE = 1.0 / 3;
    private static final double NULL = 0.1;
    /// Of a condition that says nothing by its form.
    private static final double OTHER = 0.25;
    /// Conditions of a conjunction that count.
    private static final int COUNTED = 4;

    private Selectivity() {}

    /// From 0 to 1.
    static double of(BoundExpr predicate) {
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate);
        return parts.size() > 1 ? all(parts) : ofOne(predicate);
    }

    private static double ofOne(BoundExpr predicate) {
        return switch (predicate) {
            case BoundExpr.Compare(var operator, var ignored, var other) -> switch (operator) {
                case EQ -> EQUAL;
                case NE -> 1 - EQUAL;
                case LT, LE, GT, GE -> RANGE;
            };
            case BoundExpr.Or(var left, var right) -> either(of(left), of(right));
            case BoundExpr.Not(var operand) -> 1 - of(operand);
            case BoundExpr.IsNull ignored -> NULL;
            case BoundExpr.Literal literal -> literal.value().equals(Optional.of(true)) ? 1 : 0;
            case BoundExpr ignored -> OTHER;
        };
    }

    private static double either(double left, double right) {
        return left + right - left * right;
    }

    private static double all(List<BoundExpr> parts) {
        double[] factors = parts.stream().mapToDouble(Selectivity::ofOne).sorted().limit(COUNTED).toArray();
        double product = 1;
        double exponent = 1;
        for (double factor : factors) {
            product *= Math.pow(factor, exponent);
            exponent /= 2;
        }
        return product;
    }
}
