package io.lazuli.scheduler.internal.store;

/// A value of a user's program has no form as bytes; the cause says why.
final class UnwritableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnwritableValueException(Throwable cause) {
        super(cause);
    }
}
