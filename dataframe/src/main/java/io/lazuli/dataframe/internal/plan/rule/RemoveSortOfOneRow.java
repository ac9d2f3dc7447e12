package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.RowCounts;
import java.util.Optional;

/// One row is in order.
///
/// ```
///   sort by s
///     aggregate sum(v) as s    ─▶    aggregate sum(v) as s
/// ```
public final class RemoveSortOfOneRow implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Sort(var input, var ignored) && RowCounts.most(input) <= 1
                ? Optional.of(input)
                : Optional.empty();
    }
}
