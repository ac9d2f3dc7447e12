package io.lazuli.scheduler.event;

/// Where a task is in its life.
public enum TaskStatus {
    /// Some input is missing.
    WAITING,
    /// All inputs exist; no worker has it.
    READY,
    /// A worker has it: it runs, or is about to.
    LEASED,
    /// It returned a graph, which now runs in its place.
    EXPANDED,
    /// Its result exists.
    IN_MEMORY,
    /// Its result was used by all who wanted it and is gone; or nobody ever would, and it was skipped.
    RELEASED,
    /// Its last attempt failed.
    FAILED,
    /// Its job ended first.
    DROPPED;

    private static final TaskStatus[] ALL = values();

    /// True if its result exists or existed.
    public boolean isProduced() {
        return this == IN_MEMORY || this == RELEASED;
    }

    static boolean isCode(int code) {
        return code < ALL.length;
    }

    static TaskStatus of(int code) {
        return ALL[code];
    }
}
