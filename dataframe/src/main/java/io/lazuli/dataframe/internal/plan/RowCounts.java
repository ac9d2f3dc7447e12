package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import java.util.OptionalLong;

/// What is certain of the number of rows of a plan before anything runs.
public final class RowCounts {
    private RowCounts() {}

    /// The number of rows, where it is known exactly.
    public static OptionalLong exact(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan.predicate().isEmpty() ? scan.source().rowCount() : OptionalLong.empty();
            case Held held -> OptionalLong.of(heldRows(held));
            case Project(var input, var ignored) -> exact(input);
            case Sort(var input, var ignored) -> exact(input);
            case Aggregate aggregate -> aggregate.keys().isEmpty() ? OptionalLong.of(1) : OptionalLong.empty();
            case Limit(var input, long rowCount) -> {
                OptionalLong below = exact(input);
                yield below.isPresent() ? OptionalLong.of(Math.min(below.getAsLong(), rowCount)) : below;
            }
            case Filter ignored -> OptionalLong.empty();
            case TopRows ignored -> OptionalLong.empty();
            case Join ignored -> OptionalLong.empty();
        };
    }

    /// A number that the rows never exceed; [Long#MAX_VALUE] where nothing is known.
    public static long most(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan.source().rowCount().orElse(Long.MAX_VALUE);
            case Held held -> heldRows(held);
            case Filter(var input, var ignored) -> most(input);
            case Project(var input, var ignored) -> most(input);
            case Sort(var input, var ignored) -> most(input);
            case TopRows top -> most(top.input());
            case Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : most(aggregate.input());
            case Limit(var input, long rowCount) -> Math.min(rowCount, most(input));
            case Join ignored -> Long.MAX_VALUE;
        };
    }

    private static long heldRows(Held held) {
        return held.result().persisted().rowCounts().stream().mapToLong(Long::longValue).sum();
    }
}
