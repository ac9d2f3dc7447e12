package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.BoundExprs;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Filter;
import io.lazuli.dataframe.internal.plan.LogicalPlan.Project;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// Rows that a filter drops are not computed.
///
/// ```
///   filter y > 0                     project a, x + 1 as y
///     project a, x + 1 as y    ─▶      filter x + 1 > 0
/// ```
///
/// Not where the filter would call a user's function a second time.
public final class PushFilterThroughProject implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        if (!(node instanceof Filter(Project project, var predicate))) {
            return Optional.empty();
        }
        boolean repeatsCall = BoundExprs.inputs(predicate).stream()
                .anyMatch(input -> BoundExprs.callsUser(project.expressions().get(input)));
        return repeatsCall
                ? Optional.empty()
                : Optional.of(new Project(
                        new Filter(project.input(), BoundExprs.substitute(predicate, project.expressions())),
                        project.outputs()));
    }
}
