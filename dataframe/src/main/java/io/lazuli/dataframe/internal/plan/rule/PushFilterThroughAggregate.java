package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// A filter on group keys drops rows before they are grouped.
///
/// ```
///   filter k > 0                          aggregate by k: sum(v)
///     aggregate by k: sum(v)    ─▶          filter k > 0
/// ```
///
/// Only where the whole filter is about keys, and never for a user's function, which would run once a row, not once a group.
public final class PushFilterThroughAggregate implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Aggregate(var input, var keys, var calls), var predicate))) {
            return Optional.empty();
        }
        boolean readsKeys = BoundExprs.inputs(predicate).stream().allMatch(column -> column < keys.size());
        if (!readsKeys || keys.isEmpty() || BoundExprs.callsUser(predicate)) {
            return Optional.empty();
        }
        return Optional.of(new Aggregate(new Filter(input, BoundExprs.moveInputs(predicate, keys)), keys, calls));
    }
}
