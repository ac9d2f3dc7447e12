package io.lazuli.graph.error;

import java.util.Objects;

/// A function of the user's program threw: the message says which and where, the cause is what it threw.
///
/// No [LazuliException] yet: an engine makes it one when no retry is left, with the same cause.
public final class FunctionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What was thrown by the function, also where `cause` wraps that already.
    public FunctionFailedException(String message, Throwable cause) {
        super(message, thrown(cause));
    }

    /// What a function threw, if that is what `failure` is about, else `failure` itself.
    public static Throwable thrown(Throwable failure) {
        return failure instanceof FunctionFailedException
                ? Objects.requireNonNull(failure.getCause(), "it is made with a cause")
                : failure;
    }
}
