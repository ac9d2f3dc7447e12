package io.lazuli.dataframe;

/// What [DataFrame#explain(Explain...)] shows of a plan.
public enum Explain {
    /// The plan as it was written.
    LOGICAL,
    /// The plan that runs, the optimizer's rules that made it, and how many rows and bytes it is thought to have at each point.
    OPTIMIZED,
    /// The layers of tasks that run.
    LAYERS,
    /// Runs the plan, throws its result away, and shows what was measured beside what was predicted.
    ANALYZE
}
