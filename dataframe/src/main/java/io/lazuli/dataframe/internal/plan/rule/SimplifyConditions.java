package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.CompareOperator;
import io.lazuli.dataframe.internal.expression.BoundExpr.If;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Conditions lose what says nothing, so that filters reach sources in the form that sources understand.
///
/// ```
///   filter not (a <= 3) and true    ─▶    filter a > 3
///
///   x and true, x or false       x         not not x                 x
///   false and x, x and false     false     not (x < y)               x >= y   and so on: the order is total
///   true or x, x or true         true      if(true, x, y)            x
///   x = null                     null      if(false or null, x, y)   y
///   coalesce(null, x, 1, y)      coalesce(x, 1)
/// ```
///
/// What is dropped must not be able to fail, unless it would not have been evaluated either.
public final class SimplifyConditions implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return BoundExprs.rewritten(node, SimplifyConditions::simplify);
    }

    /// Of an expression whose operands are simplified.
    private static BoundExpr simplify(BoundExpr expression) {
        return switch (expression) {
            case And(var left, var right) -> junction(expression, left, right, true);
            case Or(var left, var right) -> junction(expression, left, right, false);
            case Not(Not(var operand)) -> operand;
            case Not(Compare(var operator, var left, var right)) -> new Compare(opposite(operator), left, right);
            case Compare(var ignored, var left, var right) when isNull(left) && !BoundExprs.mayFail(right)
                    || isNull(right) && !BoundExprs.mayFail(left) ->
                new Literal(DataType.BOOL, Optional.empty());
            case If(var condition, var then, var otherwise) when condition instanceof Literal ->
                isTruth(condition, true) ? then : otherwise;
            case Call(var function, var values, var type) when function == ValueFunction.COALESCE ->
                coalesce(values, type);
            case BoundExpr other -> other;
        };
    }

    /// Nulls are never the first value that is not, and nothing comes after a constant.
    private static BoundExpr coalesce(List<BoundExpr> values, DataType type) {
        List<BoundExpr> asked = new ArrayList<>();
        for (BoundExpr value : values) {
            if (!isNull(value)) {
                asked.add(value);
            }
            if (value instanceof Literal && !isNull(value)) {
                break;
            }
        }
        return switch (asked.size()) {
            case 0 -> values.getFirst();
            case 1 -> asked.getFirst();
            default -> new Call(ValueFunction.COALESCE, asked, type);
        };
    }

    /// @param neutral what the junction does not notice: true of AND, false of OR
    private static BoundExpr junction(BoundExpr expression, BoundExpr left, BoundExpr right, boolean neutral) {
        if (isTruth(left, neutral)) {
            return right;
        }
        if (isTruth(right, neutral) || isTruth(left, !neutral)) {
            return left;
        }
        // the right side decides, but the left one has been evaluated
        return isTruth(right, !neutral) && !BoundExprs.mayFail(left) ? right : expression;
    }

    private static boolean isTruth(BoundExpr expression, boolean value) {
        return expression instanceof Literal(DataType ignored, Optional<Object> constant)
                && constant.isPresent()
                && constant.get().equals(value);
    }

    private static boolean isNull(BoundExpr expression) {
        return expression instanceof Literal literal && literal.value().isEmpty();
    }

    private static CompareOperator opposite(CompareOperator operator) {
        return switch (operator) {
            case EQ -> CompareOperator.NE;
            case NE -> CompareOperator.EQ;
            case LT -> CompareOperator.GE;
            case GE -> CompareOperator.LT;
            case GT -> CompareOperator.LE;
            case LE -> CompareOperator.GT;
        };
    }
}
