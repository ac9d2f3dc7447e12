package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.plan.LogicalPlan.Limit;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import java.util.Optional;

/// Two limits are as good as the lower one.
///
/// ```
///   limit 10
///     limit 5    ─▶    limit 5
/// ```
public final class MergeLimits implements Rule {
    @Override
    public Optional<LogicalPlan> apply(LogicalPlan node) {
        return node instanceof Limit(Limit(var input, long inner), long outer)
                ? Optional.of(new Limit(input, Math.min(inner, outer)))
                : Optional.empty();
    }
}
