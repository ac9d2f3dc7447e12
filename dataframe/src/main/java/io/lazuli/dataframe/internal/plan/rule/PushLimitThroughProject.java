package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// Rows that a limit drops are not computed, and a limit meets the sort below a projection.
///
/// ```
///   limit 10              project x + 1
///     project x + 1  ─▶     limit 10
/// ```
public final class PushLimitThroughProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Limit(Project(var input, var outputs), long rowCount)
                ? Optional.of(new Project(new Limit(input, rowCount), outputs))
                : Optional.empty();
    }
}
