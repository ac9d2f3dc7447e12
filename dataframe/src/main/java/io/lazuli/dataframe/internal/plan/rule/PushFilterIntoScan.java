package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.And;
import io.lazuli.dataframe.internal.expression.BoundExpr.Compare;
import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.expression.BoundExpr.IsNull;
import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr.Not;
import io.lazuli.dataframe.internal.expression.BoundExpr.Or;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.List;
import java.util.Optional;

/// The source learns what the filter above looks for, and may leave out whole stretches of a file by their statistics.
///
/// ```
///   filter a > 0           filter a > 0
///     scan [a, b]    ─▶      scan [a, b] where a > 0
/// ```
///
/// The filter stays, since the source may still return rows that fail. Only comparisons of columns with constants and tests for
/// null are passed on: no source could prove anything from more.
public final class PushFilterIntoScan implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Scan scan, var predicate))) {
            return Optional.empty();
        }
        List<BoundExpr> known = scan.predicate().map(BoundExprs::conjuncts).orElse(List.of());
        List<BoundExpr> parts = BoundExprs.conjuncts(predicate).stream()
                .filter(part -> isSimple(part) && !known.contains(part))
                .toList();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        BoundExpr pushed = BoundExprs.all(parts);
        BoundExpr hint = scan.predicate().<BoundExpr>map(p -> new And(p, pushed)).orElse(pushed);
        return Optional.of(new Filter(new Scan(scan.source(), scan.columns(), Optional.of(hint)), predicate));
    }

    private static boolean isSimple(BoundExpr part) {
        return switch (part) {
            case Compare(var ignored, var left, var right) ->
                isColumnAndConstant(left, right) || isColumnAndConstant(right, left);
            case And(var left, var right) -> isSimple(left) && isSimple(right);
            case Or(var left, var right) -> isSimple(left) && isSimple(right);
            case Not(var operand) -> isSimple(operand);
            case IsNull(var operand) -> operand instanceof Input;
            case Input ignored -> true;
            case Literal ignored -> false;
            case BoundExpr.Arithmetic ignored -> false;
            case BoundExpr.Cast ignored -> false;
            case BoundExpr.If ignored -> false;
            case BoundExpr.Call ignored -> false;
            case BoundExpr.MapValue ignored -> false;
        };
    }

    private static boolean isColumnAndConstant(BoundExpr left, BoundExpr right) {
        return left instanceof Input && right instanceof Literal;
    }
}
