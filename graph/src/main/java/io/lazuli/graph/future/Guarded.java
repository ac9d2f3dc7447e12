package io.lazuli.graph.future;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.function.Function1;
import org.jspecify.annotations.Nullable;

/// A user's function that gives an [Outcome] whatever it throws, and makes its retries itself: to the engine it succeeds.
/// What the engine has to know passes through: a cancelled job, and lack of memory.
record Guarded<A extends @Nullable Object>(Function1<A, ?> function, String name,
        int retries) implements Function1<A, Outcome> {
    @Override
    public Outcome apply(A argument) {
        for (int attempt = 1;; attempt++) {
            try {
                return new Outcome(function.apply(argument), null);
            } catch (LazuliException e) {
                if (e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.RESOURCE) {
                    throw e;
                }
                return new Outcome(null, GraphErrors.taskFailed(name, attempt, e));
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                if (attempt > retries) {
                    return new Outcome(null, GraphErrors.taskFailed(name, attempt, e));
                }
            }
        }
    }
}
