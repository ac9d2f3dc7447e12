package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// A filter that keeps all rows goes.
///
/// ```
///   filter true
///     scan [a]     ─▶    scan [a]
/// ```
public final class RemoveNoopFilter implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Filter(var input, Literal literal) && literal.value().equals(Optional.of(true))
                ? Optional.of(input)
                : Optional.empty();
    }
}
