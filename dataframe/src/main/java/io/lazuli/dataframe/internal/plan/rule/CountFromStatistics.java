package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.Literal;
import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.Aggregation;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Output;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.plan.RowCounts;
import io.lazuli.dataframe.internal.source.OneRow;
import io.lazuli.dataframe.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows that metadata has counted are not counted again.
///
/// ```
///   aggregate count()                project 1000000
///     project a + 1 as a       ─▶      scan one row
///       scan trips.parquet
/// ```
public final class CountFromStatistics implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Aggregate(var input, var keys, var calls)) || !keys.isEmpty() || calls.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong rowCount = RowCounts.exact(input);
        if (rowCount.isEmpty()
                || !calls.stream().allMatch(call -> call.function() == Aggregation.Function.COUNT_ROWS)) {
            return Optional.empty();
        }
        BoundExpr count = new Literal(DataType.LONG, Optional.of(rowCount.getAsLong()));
        return Optional.of(new Project(
                new Scan(new OneRow(), List.of(), Optional.empty()),
                calls.stream().map(call -> new Output(call.name(), count)).toList()));
    }
}
