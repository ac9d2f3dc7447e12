package io.lazuli.scheduler.internal.worker;

/// What a [WorkerCore] goes by.
///
/// @param source         this worker's index and incarnation, see [io.lazuli.scheduler.internal.core.Entries#source]
/// @param threads        compute threads
/// @param queuedLeases   leases to hold beyond what runs, which hides the way to the scheduler
/// @param fetchAttempts  how often an input is asked for before it counts as lost
/// @param longNanos      a task that runs longer is reported
/// @param graceNanos     between asking a task to end, interrupting it and giving its thread up
public record WorkerOptions(
        long source, int threads, int queuedLeases, int fetchAttempts, long longNanos, long graceNanos) {
    private static final long GRACE_NANOS = 3_000_000_000L;

    /// For a worker in the scheduler's own process.
    public static WorkerOptions local(long source, int threads) {
        return new WorkerOptions(source, threads, 0, 1, Long.MAX_VALUE, GRACE_NANOS);
    }

    /// For a worker across a network.
    public static WorkerOptions remote(long source, int threads) {
        return new WorkerOptions(source, threads, threads, 3, 1_000_000_000L, GRACE_NANOS);
    }
}
