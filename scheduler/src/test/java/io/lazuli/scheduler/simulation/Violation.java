package io.lazuli.scheduler.simulation;

/// A core did what it must not.
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violation(String message) {
        super(message);
    }
}
