package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import org.jspecify.annotations.Nullable;

/// A value of a user's program has no form as bytes; the cause says why.
final class UnwritableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Throwable refusal;

    UnwritableValueException(Throwable refusal) {
        super(refusal);
        this.refusal = refusal;
    }

    /// What a user is told if another process needs the value.
    LazuliException toError(Key key, @Nullable Object value) {
        return Errors.valueCannotTravel(key, value, refusal);
    }
}
