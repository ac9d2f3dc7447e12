package io.lazuli.dataframe;

import io.lazuli.dataframe.internal.Errors;
import java.util.function.Supplier;

/// Rules and lowering walk over plans by recursion, so a plan may be too deep for the stack of the thread that asks.
final class PlanDepth {
    private PlanDepth() {}

    /// What `planning` gives. Errors: USER if the stack is too small for it.
    static <T> T guarded(Supplier<T> planning) {
        try {
            return planning.get();
        } catch (StackOverflowError e) {
            throw Errors.planTooDeep(e);
        }
    }
}
