package io.lazuli.graph.bag;

/// A function of the user's threw, and what it threw is the cause. Not a typed error: the engine makes it one, after trying again
/// if the job says so.
final class FailedFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedFunctionException(String message, Throwable cause) {
        super(message, cause);
    }
}
