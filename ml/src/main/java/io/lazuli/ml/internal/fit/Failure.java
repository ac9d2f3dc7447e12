package io.lazuli.ml.internal.fit;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;

/// In place of a result that could not be made: what comes of it fails in the same way, and everything else goes on.
public record Failure(ErrorCode code, String message) {
    /// **Errors.** The exception itself if it is not about what was asked for, but about the machine or this program.
    static Failure of(LazuliException e) {
        return switch (e.code()) {
            case USER, DATA -> new Failure(e.code(), String.valueOf(e.getMessage()));
            default -> throw e;
        };
    }

    /// Of a fit, model or function that threw something else.
    static Failure of(String operation, RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        return new Failure(
                ErrorCode.USER,
                "%s failed with %s%s.".formatted(operation, e, trace.length == 0 ? "" : " at " + trace[0]));
    }

    public LazuliException exception() {
        return new LazuliException(code, message);
    }
}
