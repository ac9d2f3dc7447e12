package io.lazuli.scheduler.internal.core;

/// What the core is told, decoded for tests and logs. The core itself reads packed entries, see [EventBuffer].
///
/// Task ids are dense: those of a job are consecutive, and within it those of a layer.
public sealed interface Event {
    record JobSubmitted(long job, JobPlan plan, int priority, int retries) implements Event {}

    /// The client wants no more of the job.
    record JobCancelled(long job) implements Event {}

    /// The client is done with the job; what it did not take is to be released.
    record JobClosed(long job) implements Event {}

    /// The client has one partition of the output.
    record ResultTaken(int task) implements Event {}

    /// A worker wants one more lease.
    record WorkerHasRoom(int worker) implements Event {}

    /// @param exchangedRows rows of the slices that it took from exchanges
    record TaskFinished(int task, int attempt, long rows, long bytes, long busyNanos,
            long exchangedRows) implements Event {}

    record TaskFailed(int task, int attempt, boolean retryable, long busyNanos) implements Event {}

    /// The worker gives a task back that it has not started.
    record TaskReturned(int task, int attempt) implements Event {}
}
