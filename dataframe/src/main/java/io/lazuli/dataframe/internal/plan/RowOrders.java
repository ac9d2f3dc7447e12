package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.expression.BoundExpr;
import io.lazuli.dataframe.internal.physical.SortOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Whether the rows of a plan come in an order that means something: that of files, of a sort, or of rows that are kept; and by which
/// columns they are sorted.
public final class RowOrders {
    private RowOrders() {}

    /// The node below (or at) which order is lost; empty if there is one.
    public static Optional<LogicalPlan> lostAt(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Aggregate aggregate ->
                aggregate.keys().isEmpty() ? Optional.empty() : Optional.of(aggregate);
            case LogicalPlan.Join join -> Optional.of(join);
            case LogicalPlan.TopRows top -> Optional.of(top);
            case LogicalPlan.Scan ignored -> Optional.empty();
            case LogicalPlan.Held ignored -> Optional.empty();
            case LogicalPlan.Given ignored -> Optional.empty();
            case LogicalPlan.Sort ignored -> Optional.empty();
            case LogicalPlan.Filter(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Project(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Limit(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Unary unary -> lostAt(unary.input());
            case LogicalPlan.Concat(var inputs) ->
                inputs.stream().flatMap(input -> lostAt(input).stream()).findFirst();
        };
    }

    /// The columns by which the rows are sorted, the most significant first; empty if that is not known.
    public static List<SortOrder.Column> sortedBy(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Sort sort -> sort.order().columns();
            case LogicalPlan.Held held -> Layout.moved(held.result().layout().sortedBy(), held.columns()::indexOf);
            case LogicalPlan.Filter(var input, var ignored) -> sortedBy(input);
            case LogicalPlan.Limit(var input, var ignored) -> sortedBy(input);
            case LogicalPlan.Slice slice -> sortedBy(slice.input());
            case LogicalPlan.Repartition(var input, var ignored) -> sortedBy(input);
            case LogicalPlan.Ordered ordered -> sortedBy(ordered.input());
            case LogicalPlan.RandomKeys keys -> sortedBy(keys.input());
            case LogicalPlan.Project project ->
                Layout.moved(sortedBy(project.input()), column -> positionOf(column, project));
            case LogicalPlan.Scan ignored -> List.of();
            case LogicalPlan.Given ignored -> List.of();
            case LogicalPlan.Aggregate ignored -> List.of();
            case LogicalPlan.TopRows ignored -> List.of();
            case LogicalPlan.Join ignored -> List.of();
            case LogicalPlan.MapRows ignored -> List.of();
            case LogicalPlan.MapPartitions ignored -> List.of();
            case LogicalPlan.MapOverlap ignored -> List.of();
            case LogicalPlan.Unpivot ignored -> List.of();
            case LogicalPlan.Concat ignored -> List.of();
        };
    }

    private static int positionOf(int column, LogicalPlan.Project project) {
        return IntStream.range(0, project.expressions().size())
                .filter(i -> project.expressions().get(i) instanceof BoundExpr.Input(int index, var ignored)
                        && index == column)
                .findFirst()
                .orElse(-1);
    }
}
