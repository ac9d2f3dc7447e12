package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Arithmetic;
import io.lazuli.dataframe.internal.expression.BoundExpr.Call;
import io.lazuli.dataframe.internal.expression.BoundExpr.Cast;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.ScalarFunction;
import io.lazuli.dataframe.internal.expression.ValueFunction;
import io.lazuli.dataframe.internal.operator.join.JoinKind;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Rows that stand alone are not made where a filter drops all of them, because it cannot be true of the nulls they have in the
/// other side's columns. What is left of the filter may then go into both sides.
///
/// ```
///   filter b > 0                 filter b > 0
///     left join            ─▶      join
///       left (a)                     left (a)
///       right (b)                    right (b)
/// ```
///
/// A FULL join becomes LEFT, RIGHT or INNER. Left as they are: filters whose value for a null is not plain from their form, such as a
/// choice or a function.
public final class NarrowOuterJoin implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Join join, var predicate)) || !join.kind().givesPairs()) {
            return Optional.empty();
        }
        int leftCount = join.leftColumns().size();
        // left rows that stand alone have nulls on the right, and the other way round
        boolean keepsLeft = keepsLeft(join.kind()) && !isNeverTrue(predicate, column -> column >= leftCount);
        boolean keepsRight = keepsRight(join.kind()) && !isNeverTrue(predicate, column -> column < leftCount);
        JoinKind kind = kind(keepsLeft, keepsRight);
        return kind == join.kind() ? Optional.empty() : Optional.of(new Filter(join.withKind(kind), predicate));
    }

    private static boolean keepsLeft(JoinKind kind) {
        return kind.left() == JoinKind.Alone.UNMATCHED;
    }

    private static boolean keepsRight(JoinKind kind) {
        return kind.right() == JoinKind.Alone.UNMATCHED;
    }

    private static JoinKind kind(boolean keepsLeft, boolean keepsRight) {
        if (keepsLeft) {
            return keepsRight ? JoinKind.FULL : JoinKind.LEFT;
        }
        return keepsRight ? JoinKind.RIGHT : JoinKind.INNER;
    }

    /// Whether a predicate is false or null for every row in which all of `nulls` are null.
    private static boolean isNeverTrue(BoundExpr predicate, IntPredicate nulls) {
        return switch (predicate) {
            case And(var left, var right) -> isNeverTrue(left, nulls) || isNeverTrue(right, nulls);
            case Or(var left, var right) -> isNeverTrue(left, nulls) && isNeverTrue(right, nulls);
            case Not(IsNull(var operand)) -> isNull(operand, nulls);
            case Not(var operand) -> isNull(operand, nulls);
            default -> isNull(predicate, nulls);
        };
    }

    /// Whether an expression is null for every row in which all of `nulls` are null, as far as its form tells.
    private static boolean isNull(BoundExpr expression, IntPredicate nulls) {
        return switch (expression) {
            case Input input -> nulls.test(input.index());
            case Arithmetic(var ignored, var left, var right, var type) -> isNull(left, nulls) || isNull(right, nulls);
            case Compare(var ignored, var left, var right) -> isNull(left, nulls) || isNull(right, nulls);
            case Cast cast -> isNull(cast.operand(), nulls);
            case Call(var function, var arguments, var type) when isTest(function) ->
                isNull(arguments.getFirst(), nulls);
            default -> false;
        };
    }

    private static boolean isTest(ScalarFunction function) {
        return function == ValueFunction.BETWEEN || function == ValueFunction.IN;
    }
}
