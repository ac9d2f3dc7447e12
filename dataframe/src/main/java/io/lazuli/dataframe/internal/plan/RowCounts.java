package io.lazuli.dataframe.internal.plan;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Aggregate;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Concat;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Given;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Held;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Join;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapOverlap;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapPartitions;
import io.lazuli.dataframe.internal.plan.LogicalPlan.MapRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Ordered;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan.RandomKeys;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Repartition;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Scan;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Slice;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Sort;
import io.lazuli.dataframe.internal.plan.LogicalPlan.TopRows;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Unpivot;
import java.util.OptionalLong;

/// What is certain of the number of rows of a plan before anything runs.
public final class RowCounts {
    private RowCounts() {}

    /// The number of rows, where it is known exactly.
    public static OptionalLong exact(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan.predicate().isEmpty() ? scan.source().rowCount() : OptionalLong.empty();
            case Held held -> OptionalLong.of(heldRows(held));
            case Given ignored -> OptionalLong.empty();
            case Project(var input, var ignored) -> exact(input);
            case Sort(var input, var ignored) -> exact(input);
            case Aggregate aggregate -> aggregate.keys().isEmpty() ? OptionalLong.of(1) : OptionalLong.empty();
            case Limit(var input, long rowCount) -> {
                OptionalLong below = exact(input);
                yield below.isPresent() ? OptionalLong.of(Math.min(below.getAsLong(), rowCount)) : below;
            }
            case Filter ignored -> OptionalLong.empty();
            case TopRows ignored -> OptionalLong.empty();
            case Repartition(var input, var ignored) -> exact(input);
            case RandomKeys keys -> exact(keys.input());
            case Ordered ordered -> exact(ordered.input());
            case Slice ignored -> OptionalLong.empty();
            case MapRows ignored -> OptionalLong.empty();
            case MapPartitions ignored -> OptionalLong.empty();
            case MapOverlap map -> exact(map.input());
            case Unpivot ignored -> OptionalLong.empty();
            case Concat ignored -> OptionalLong.empty();
            case Join ignored -> OptionalLong.empty();
        };
    }

    /// A number that the rows never exceed; [Long#MAX_VALUE] where nothing is known.
    public static long most(LogicalPlan plan) {
        return switch (plan) {
            case Scan scan -> scan.source().rowCount().orElse(Long.MAX_VALUE);
            case Held held -> heldRows(held);
            case Given ignored -> Long.MAX_VALUE;
            case Filter(var input, var ignored) -> most(input);
            case Project(var input, var ignored) -> most(input);
            case Sort(var input, var ignored) -> most(input);
            case TopRows top -> most(top.input());
            case Repartition(var input, var ignored) -> most(input);
            case RandomKeys keys -> most(keys.input());
            case Ordered ordered -> most(ordered.input());
            case Slice(var input, var ignored, long rowCount) -> Math.min(rowCount, most(input));
            case MapRows ignored -> Long.MAX_VALUE;
            case MapPartitions ignored -> Long.MAX_VALUE;
            case MapOverlap map -> most(map.input());
            case Unpivot ignored -> Long.MAX_VALUE;
            case Concat ignored -> Long.MAX_VALUE;
            case Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : most(aggregate.input());
            case Limit(var input, long rowCount) -> Math.min(rowCount, most(input));
            case Join ignored -> Long.MAX_VALUE;
        };
    }

    private static long heldRows(Held held) {
        return held.result().persisted().rowCounts().stream().mapToLong(Long::longValue).sum();
    }
}
