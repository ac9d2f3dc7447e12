package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// A better form of one kind of plan. Looks at one node and what is below it; the result computes the same rows and has the same
/// schema. A rule must make progress: what it returns it does not match again in the same place.
public interface Rule {
    /// The plan in place of `node`, or empty where the rule has nothing to say.
    Optional<LogicalPlan> apply(LogicalPlan node);

    default String name() {
        return getClass().getSimpleName();
    }
}
