package io.lazuli.dataframe.internal.plan;

import java.util.Optional;

/// Whether the rows of a plan come in an order that means something: that of files, of a sort, or of rows that are kept.
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
            case LogicalPlan.Sort ignored -> Optional.empty();
            case LogicalPlan.Filter(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Project(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Limit(var input, var ignored) -> lostAt(input);
            case LogicalPlan.Unary unary -> lostAt(unary.input());
            case LogicalPlan.Concat(var inputs) ->
                inputs.stream().flatMap(input -> lostAt(input).stream()).findFirst();
        };
    }
}
