package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.ColumnRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/// Which part of the rows a predicate keeps: guessed from its form, and from the bounds of the columns where files tell them.
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

    private final IntFunction<Optional<ColumnRange>> ranges;

    /// @param ranges what is known of the predicate's inputs
    private Selectivity(IntFunction<Optional<ColumnRange>> ranges) {
        this.ranges = ranges;
    }

    /// The part of the rows of `input` that a predicate over them keeps, from 0 to 1.
    static double of(BoundExpr predicate, LogicalPlan input) {
        return new Selectivity(column -> ColumnRanges.of(input, column)).of(predicate);
    }

    private double of(BoundExpr predicate) {
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate);
        return parts.size() > 1 ? all(parts) : ofOne(predicate);
    }

    private double ofOne(BoundExpr predicate) {
        return switch (predicate) {
            case BoundExpr.Compare(var operator, BoundExpr.Input column, BoundExpr.Literal literal) ->
                compared(operator, ranges.apply(column.index()), literal);
            case BoundExpr.Compare(var operator, BoundExpr.Literal literal, BoundExpr.Input column) ->
                compared(operator.turned(), ranges.apply(column.index()), literal);
            case BoundExpr.Compare(var operator, var ignored, var other) -> byForm(operator);
            case BoundExpr.Or(var left, var right) -> either(of(left), of(right));
            case BoundExpr.Not(var operand) -> 1 - of(operand);
            case BoundExpr.IsNull ignored -> NULL;
            case BoundExpr.Literal literal -> literal.value().equals(Optional.of(true)) ? 1 : 0;
            case BoundExpr ignored -> OTHER;
        };
    }

    private static double byForm(CompareOperator operator) {
        return switch (operator) {
            case EQ -> EQUAL;
            case NE -> 1 - EQUAL;
            case LT, LE, GT, GE -> RANGE;
        };
    }

    /// A column and a constant, as if its values were spread evenly between their bounds.
    private static double compared(
            CompareOperator operator, Optional<ColumnRange> range, BoundExpr.Literal literal) {
        OptionalDouble least =
                range.flatMap(ColumnRange::least).map(Selectivity::number).orElse(OptionalDouble.empty());
        OptionalDouble greatest =
                range.flatMap(ColumnRange::greatest).map(Selectivity::number).orElse(OptionalDouble.empty());
        OptionalDouble value = literal.value().map(Selectivity::number).orElse(OptionalDouble.empty());
        if (least.isEmpty() || greatest.isEmpty() || value.isEmpty()) {
            return byForm(operator);
        }
        boolean isInside = value.getAsDouble() >= least.getAsDouble() && value.getAsDouble() <= greatest.getAsDouble();
        double distinct = range.map(ColumnRanges::distinct).orElse(OptionalDouble.empty()).orElse(1 / EQUAL);
        double equal = isInside ? 1 / distinct : 0;
        double below = share(least.getAsDouble(), greatest.getAsDouble(), value.getAsDouble(), equal);
        return switch (operator) {
            case EQ -> equal;
            case NE -> 1 - equal;
            case LT -> below;
            case LE -> Math.min(1, below + equal);
            case GT -> Math.max(0, 1 - below - equal);
            case GE -> 1 - below;
        };
    }

    /// The part of evenly spread values that is below `value`.
    ///
    /// @param equal the part that is `value`
    private static double share(double least, double greatest, double value, double equal) {
        if (value <= least || value > greatest) {
            return value <= least ? 0 : 1;
        }
        return Math.min((value - least) / (greatest - least), 1 - equal);
    }

    private static OptionalDouble number(Object value) {
        return switch (value) {
            case Boolean flag -> OptionalDouble.of(flag ? 1 : 0);
            case Integer number -> OptionalDouble.of(number);
            case Long number -> OptionalDouble.of(number);
            case Double number when !number.isNaN() -> OptionalDouble.of(number);
            default -> OptionalDouble.empty();
        };
    }

    private static double either(double left, double right) {
        return left + right - left * right;
    }

    private double all(List<BoundExpr> parts) {
        double[] factors = parts.stream().mapToDouble(this::ofOne).sorted().limit(COUNTED).toArray();
        double product = 1;
        double exponent = 1;
        for (double factor : factors) {
            product *= Math.pow(factor, exponent);
            exponent /= 2;
        }
        return product;
    }
}
