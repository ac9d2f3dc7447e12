package io.lazuli.scheduler.internal.core;

/// What the scheduler's core is told, decoded for tests and logs. The core itself reads packed entries, see [EventBuffer].
///
/// Task ids are dense: those of a job are consecutive, and within it those of a layer. What a worker says carries the worker's
/// index and incarnation: words of an incarnation that is over are refused.
public sealed interface Event {
    record JobSubmitted(long job, JobPlan plan) implements Event {}

    /// The client wants no more of the job.
    record JobCancelled(long job) implements Event {}

    /// The client is done with the job; what it did not take is to be released.
    record JobClosed(long job) implements Event {}

    /// The client has one partition of the output.
    record ResultTaken(int task) implements Event {}

    /// The answer to [Effect.RestoreResult]: a graph whose result is to be the task's.
    ///
    /// @param job      the task's
    /// @param restorer a new id for running the graph
    record RestorationSubmitted(long job, int task, int attempt, long restorer, JobPlan plan) implements Event {}

    /// Time goes on, and nothing else happened.
    record TimePassed() implements Event {}

    /// A hint, which may be wrong, that the worker's process is gone: it is taken for silent until it is heard.
    record WorkerSuspected(int worker, int incarnation) implements Event {}

    /// A process offers to work. Its incarnation is higher than any before it under this index.
    record WorkerJoined(int worker, int incarnation, WorkerProfile profile) implements Event {}

    /// The worker's process is known to be dead.
    record WorkerDied(int worker, int incarnation) implements Event {}

    /// The worker is alive, and has nothing else to say.
    record WorkerHeard(int worker, int incarnation) implements Event {}

    /// The worker wants to end: it takes no more leases, has given back what it had not started, and stays until its results are
    /// with others.
    record WorkerLeaves(int worker, int incarnation) implements Event {}

    /// The worker wants so many leases more than it has asked for before.
    record WorkerHasRoom(int worker, int incarnation, int leases) implements Event {}

    /// @param exchangedRows rows of the slices that it took from exchanges
    record TaskFinished(
            int worker,
            int incarnation,
            int task,
            int attempt,
            long rows,
            long bytes,
            long busyNanos,
            long exchangedRows) implements Event {}

    /// Instead of a result the task returned a graph, whose result is to be its own.
    ///
    /// @param job a new id for running the graph
    record TaskExpanded(int worker, int incarnation, int task, int attempt, long job, JobPlan plan,
            long busyNanos, long exchangedRows) implements Event {}

    record TaskFailed(int worker, int incarnation, int task, int attempt, boolean retryable,
            long busyNanos) implements Event {}

    /// The worker gives a task back that it has not started, or could not for want of an input.
    record TaskReturned(int worker, int incarnation, int task, int attempt) implements Event {}

    /// The task runs, and has done so for a while.
    record TaskRunsLong(int worker, int incarnation, int task, int attempt) implements Event {}

    /// The result of that attempt is not where it should be: its file is damaged, or its holder does not give it to `worker`.
    record ResultLost(int worker, int incarnation, int task, int attempt) implements Event {}

    /// The worker has done what [Effect.KeepResults] said: it holds the result as its own.
    record ResultKept(int worker, int incarnation, int task, int attempt) implements Event {}

    /// The worker could not do what [Effect.KeepResults] said: the result did not come, or there was no room for it.
    record ResultDeclined(int worker, int incarnation, int task, int attempt) implements Event {}
    /// The result of that attempt can be had by no other process, such as a value that cannot be written. Nor could another attempt's.
    record ResultStuck(int worker, int incarnation, int task, int attempt) implements Event {}
}
