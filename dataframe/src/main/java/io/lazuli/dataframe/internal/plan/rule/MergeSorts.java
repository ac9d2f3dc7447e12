package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.physical.SortOrder;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Of two sorts, one is enough where it says everything that both say. Sorts are stable, so the lower one decides among rows
/// that are equal for the upper one.
///
/// ```
///   sort by a, b                                  sort by a
///     sort by b      ─▶    sort by a, b             sort by a, b    ─▶    sort by a, b
/// ```
///
/// The lower one goes where the upper one looks at all of its columns: rows that are equal above are equal below. The upper one
/// goes where it begins the lower one.
public final class MergeSorts implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Sort(Sort(var input, var lower), var upper))) {
            return Optional.empty();
        }
        if (begins(upper.columns(), lower.columns())) {
            return Optional.of(new Sort(input, lower));
        }
        return columns(upper).containsAll(columns(lower)) ? Optional.of(new Sort(input, upper)) : Optional.empty();
    }

    private static boolean begins(List<SortOrder.Column> some, List<SortOrder.Column> all) {
        return some.size() <= all.size() && all.subList(0, some.size()).equals(some);
    }

    private static Set<Integer> columns(SortOrder order) {
        Set<Integer> columns = new HashSet<>();
        order.columns().forEach(column -> columns.add(column.index()));
        return columns;
    }
}
