package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// Two filters become one, so that they reach the source together.
///
/// ```
///   filter q
///     filter p      ─▶    filter p and q
/// ```
///
/// Not where `q` may fail: the inner filter may be there to keep it from rows it cannot take.
public final class MergeFilters implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Filter(Filter(var input, var inner), var outer) && !BoundExprs.mayFail(outer)
                ? Optional.of(new Filter(input, new BoundExpr.And(inner, outer)))
                : Optional.empty();
    }
}
