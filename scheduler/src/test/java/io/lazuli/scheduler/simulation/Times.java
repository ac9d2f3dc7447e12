package io.lazuli.scheduler.simulation;

/// Virtual times in nanoseconds.
final class Times {
    static final long MICROSECOND = 1_000;
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private Times() {}
}
