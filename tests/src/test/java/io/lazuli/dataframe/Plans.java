package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.plan.LogicalPlan;

/// Lends the plan behind a frame to tests of other modules, which run it with other rules than users do.
public final class Plans {
    private Plans() {}

    public static LogicalPlan of(DataFrame frame) {
        return frame.plan();
    }
}
