package io.lazuli.scheduler.internal.core;

/// Where a task is in its life.
///
/// ```
///              +--------- lost, not finished -----------+
///              v                                        |
///   WAITING -> READY -> LEASED ---------------> IN_MEMORY -> RELEASED
///                          \-> EXPANDED --------^   \-> (wanted again) WAITING
///                           \-> FAILED                 DROPPED: the job ended before the task did
/// ```
public enum TaskStatus {
    /// Some input is missing.
    WAITING,
    /// All inputs exist; no worker has it.
    READY,
    /// A worker has it: it runs, or is about to.
    LEASED,
    /// A graph runs in its place: it returned it, or the client gave it to have a result from before the job made again.
    EXPANDED,
    /// Its result is held by a worker.
    IN_MEMORY,
    /// Its result was used by all who wanted it and is gone; or nobody ever would, and it was skipped.
    RELEASED,
    /// Its last attempt failed.
    FAILED,
    /// Its job ended first.
    DROPPED;

    static final TaskStatus[] ALL = values();

    boolean isProduced() {
        return this == IN_MEMORY || this == RELEASED;
    }
}
