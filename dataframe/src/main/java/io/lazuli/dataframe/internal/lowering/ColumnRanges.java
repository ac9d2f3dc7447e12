package io.lazuli.dataframe.internal.lowering;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.dataframe.internal.source.ColumnRange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the metadata of files says about the values of a plan's columns, followed up from the scan through whatever passes values on
/// as they are. The values that arrive are some of those of the files, so the bounds hold; how many are null does not.
///
/// ```
///   aggregate by zone          zone: 1 to 265, so at most 265 groups, and one of nulls
///     filter fare > 100
///       scan [zone, fare]      footers: zone from 1 to 265
/// ```
final class ColumnRanges {
    private ColumnRanges() {}

    static Optional<ColumnRange> of(LogicalPlan plan, int column) {
        return switch (plan) {
            case Scan scan -> scan.source().range(scan.columns().get(column));
            case Filter(var input, var ignored) -> of(input, column);
            case Sort(var input, var ignored) -> of(input, column);
            case Limit(var input, var ignored) -> of(input, column);
            case Slice slice -> of(slice.input(), column);
            case TopRows top -> of(top.input(), column);
            case Repartition(var input, var ignored) -> of(input, column);
            case Ordered ordered -> ofKept(ordered.input(), column);
            case RandomKeys keys -> ofKept(keys.input(), column);
            case Project project -> project.expressions().get(column) instanceof BoundExpr.Input(int index, var ignored)
                    ? of(project.input(), index)
                    : Optional.empty();
            case Aggregate aggregate -> column < aggregate.keys().size()
                    ? of(aggregate.input(), aggregate.keys().get(column))
                    : Optional.empty();
            case Join join -> column < join.leftColumns().size()
                    ? of(join.left(), join.leftColumns().get(column))
                    : of(join.right(), join.rightColumns().get(column - join.leftColumns().size()));
            case LogicalPlan.Held ignored -> Optional.empty();
            case LogicalPlan.Given ignored -> Optional.empty();
            case LogicalPlan.MapRows ignored -> Optional.empty();
            case LogicalPlan.MapPartitions ignored -> Optional.empty();
            case LogicalPlan.MapOverlap ignored -> Optional.empty();
            case LogicalPlan.Unpivot ignored -> Optional.empty();
            case LogicalPlan.Concat ignored -> Optional.empty();
        };
    }

    /// Of a node that adds columns behind those of its input.
    private static Optional<ColumnRange> ofKept(LogicalPlan input, int column) {
        return column < input.schema().size() ? of(input, column) : Optional.empty();
    }

    /// How many different values a column has at most, without null: those between its bounds, where these are whole numbers.
    static OptionalDouble distinct(ColumnRange range) {
        return range.least().isPresent()
                && range.greatest().isPresent()
                && range.least().get() instanceof Long least
                && range.greatest().get() instanceof Long greatest
                        ? OptionalDouble.of((double) greatest - least + 1)
                        : OptionalDouble.empty();
    }

    /// How many groups these columns have at most, whatever the number of rows; infinite where nothing is known.
    static double groups(LogicalPlan plan, List<Integer> keys) {
        double groups = 1;
        for (int key : keys) {
            Optional<ColumnRange> range = of(plan, key);
            // nulls are a group too, whether the file has some or a join makes them
            groups *= range.map(ColumnRanges::distinct).orElse(OptionalDouble.empty()).orElse(Double.POSITIVE_INFINITY)
                    + 1;
        }
        return groups;
    }
}
