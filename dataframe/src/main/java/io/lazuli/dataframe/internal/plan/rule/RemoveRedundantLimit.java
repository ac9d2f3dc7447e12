package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.RowCounts;
import java.util.Optional;

/// A limit above which there are never more rows does nothing.
///
/// ```
///   limit 10
///     aggregate sum(v)    ─▶    aggregate sum(v)
/// ```
public final class RemoveRedundantLimit implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Limit(var input, long rowCount) && RowCounts.most(input) <= rowCount
                ? Optional.of(input)
                : Optional.empty();
    }
}
