package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.expression.Constants;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// What does not depend on the row is computed once, here, and can then be compared with a file's statistics.
///
/// ```
///   filter day > date('2026-07-' || '31')    ─▶    filter day > 2026-07-31
///     scan [day]                                     scan [day]
/// ```
///
/// What fails stays as it is: its error belongs to the first row that asks for it, and if no row does, there is none.
public final class FoldConstants implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return BoundExprs.rewritten(node, FoldConstants::fold);
    }

    /// Of an expression whose operands are folded.
    private static BoundExpr fold(BoundExpr expression) {
        boolean isConstant = !expression.children().isEmpty()
                && expression.children().stream().allMatch(Literal.class::isInstance);
        return isConstant
                ? Constants.fold(expression).<BoundExpr>map(literal -> literal).orElse(expression)
                : expression;
    }
}
