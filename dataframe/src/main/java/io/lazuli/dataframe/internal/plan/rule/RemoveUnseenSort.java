package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.List;
import java.util.Optional;

/// Rows are not sorted for a node that takes them in any order and gives its own in none: an aggregate or a join.
///
/// ```
///   aggregate by k: sum(v)           aggregate by k: sum(v)
///     filter x > 0             ─▶      filter x > 0
///       sort by v                        scan [k, v, x]
///         scan [k, v, x]
/// ```
///
/// Looks through filters and projections, and stops at whatever else might ask for the order, such as a limit. Not below
/// aggregates whose result is the order's. Sums of floating point numbers may differ in their last digits, as they may between
/// partitionings.
public final class RemoveUnseenSort implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        boolean isOrderFree = node instanceof Join
                || node instanceof Aggregate aggregate
                        && aggregate.calls().stream().allMatch(call -> isOrderFree(call.function()));
        if (!isOrderFree) {
            return Optional.empty();
        }
        List<LogicalPlan> unsorted = node.children().stream().map(RemoveUnseenSort::unsorted).toList();
        return unsorted.equals(node.children()) ? Optional.empty() : Optional.of(node.withChildren(unsorted));
    }

    private static boolean isOrderFree(Aggregation.Function function) {
        return switch (function) {
            case COUNT, COUNT_ROWS, COUNT_DISTINCT, APPROX_COUNT_DISTINCT, SUM, PRODUCT, MEAN, MIN, MAX, ANY, ALL,
                    VARIANCE, STDDEV, STANDARD_ERROR, SKEWNESS, KURTOSIS, COVARIANCE, CORRELATION, MEDIAN, QUANTILE ->
                true;
            case FIRST, LAST, MIN_BY, MAX_BY, FOLD -> false;
        };
    }

    private static LogicalPlan unsorted(LogicalPlan plan) {
        if (plan instanceof Sort(var input, var ignored)) {
            return unsorted(input);
        }
        return plan instanceof Filter || plan instanceof Project
                ? plan.withChildren(List.of(unsorted(plan.children().getFirst())))
                : plan;
    }
}
