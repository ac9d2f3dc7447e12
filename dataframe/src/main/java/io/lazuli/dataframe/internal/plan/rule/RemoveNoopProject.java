package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.expression.BoundExpr.Input;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;
import java.util.stream.IntStream;

/// A projection to the very columns below it does nothing.
///
/// ```
///   project a, b
///     scan [a, b]    ─▶    scan [a, b]
/// ```
public final class RemoveNoopProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Project project && isNoop(project) ? Optional.of(project.input()) : Optional.empty();
    }

    private static boolean isNoop(Project project) {
        return project.schema().equals(project.input().schema())
                && IntStream.range(0, project.outputs().size())
                        .allMatch(i -> project.expressions().get(i) instanceof Input(int index, var ignored)
                                && index == i);
    }
}
