package io.lazuli.benchmarks;

import io.lazuli.graph.JobOptions;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.Map;

/// What benchmarks of cores share.
final class CoreSetting {
    private CoreSetting() {}

    static JobPlan plan(Shape shape) {
        return JobPlan.of(shape.graph(), Map.of(), JobOptions.DEFAULTS);
    }
}
