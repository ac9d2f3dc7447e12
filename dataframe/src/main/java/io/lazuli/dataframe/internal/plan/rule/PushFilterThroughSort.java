package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// Rows that a filter drops are not sorted.
///
/// ```
///   filter p          sort by k
///     sort by k  ─▶     filter p
/// ```
public final class PushFilterThroughSort implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Filter(Sort(var input, var order), var predicate)
                ? Optional.of(new Sort(new Filter(input, predicate), order))
                : Optional.empty();
    }
}
