package io.lazuli.scheduler.internal.core;

/// What a [SchedulerCore] goes by.
///
/// @param epoch           of this scheduler: workers refuse orders of a lower one
/// @param leaseNanos      a lease is predicted to take about this long
/// @param largestLease    most tasks of a lease
/// @param suspectNanos    silence after which what a worker has not started is given to others
/// @param evictNanos      silence after which a worker is taken for dead
/// @param patienceNanos   how long a layer waits for a worker that may run it before its job fails
/// @param deadlyAttempts  deaths of workers, the last with no other task on it, after which a task is blamed
/// @param mostLosses      times that a task's result cannot be read, after which its job fails
/// @param departureNanos  how long a worker that leaves may take over what it runs and over its results
public record CoreOptions(
        int epoch,
        long leaseNanos,
        int largestLease,
        long suspectNanos,
        long evictNanos,
        long patienceNanos,
        int deadlyAttempts,
        int mostLosses,
        long departureNanos) {
    /// For a cluster whose workers can fall silent.
    public static final CoreOptions CLUSTER =
            new CoreOptions(1, 1_000_000, 256, 5_000_000_000L, 60_000_000_000L, 30_000_000_000L, 3, 10,
                    30_000_000_000L);
    /// For the one worker in this process, which is never silent.
    public static final CoreOptions LOCAL =
            new CoreOptions(0, 1_000_000, 256, Long.MAX_VALUE, Long.MAX_VALUE, 0, 3, 5, Long.MAX_VALUE);

    public CoreOptions withEpoch(int epoch) {
        return new CoreOptions(
                epoch, leaseNanos, largestLease, suspectNanos, evictNanos, patienceNanos, deadlyAttempts, mostLosses,
                departureNanos);
    }
}
