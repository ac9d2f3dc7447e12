package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.RowOrders;
import java.util.List;
import java.util.Optional;

/// Rows that are sorted already are not sorted again, such as those of a sorted frame that was persisted.
///
/// ```
///   sort by a
///     filter x > 0                        filter x > 0
///       persisted, sorted by a, b   ─▶      persisted, sorted by a, b
/// ```
public final class RemoveRedundantSort implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Sort(var input, var order))) {
            return Optional.empty();
        }
        List<SortOrder.Column> wanted = order.columns();
        List<SortOrder.Column> known = RowOrders.sortedBy(input);
        boolean isSorted = wanted.size() <= known.size() && known.subList(0, wanted.size()).equals(wanted);
        return isSorted ? Optional.of(input) : Optional.empty();
    }
}
