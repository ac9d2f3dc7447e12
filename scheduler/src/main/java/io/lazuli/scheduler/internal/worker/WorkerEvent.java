package io.lazuli.scheduler.internal.worker;

import io.lazuli.scheduler.internal.core.JobPlan;

/// What a worker's core is told, decoded for tests and logs. The core itself reads packed entries, see [WorkerEventBuffer].
public sealed interface WorkerEvent {
    /// What a scheduler says. Orders of an epoch lower than one seen before are refused.
    sealed interface Order extends WorkerEvent {
        int epoch();
    }

    /// The job's tasks have the ids from `firstTask`. Comes before every other order about the job.
    record JobAnnounced(int epoch, long job, int firstTask, JobPlan plan) implements Order {}

    record TasksLeased(int epoch, long job, int layer, int firstTask, int count, int attempt,
            boolean alone) implements Order {}

    record ResultsLocated(int epoch, int firstTask, int count, int attempt, int holder) implements Order {}

    record TasksRevoked(int epoch, int firstTask, int count, int attempt) implements Order {}

    /// What has not started of these is to be given back.
    record TasksRecalled(int epoch, int firstTask, int count, int attempt) implements Order {}

    /// These results are to be fetched from their holder, which leaves, and held here.
    record ResultsEntrusted(int epoch, int firstTask, int count, int attempt, int holder) implements Order {}

    /// What is known of these results stays true, but for their holder.
    record ResultsRedirected(int epoch, int firstTask, int count, int attempt, int holder) implements Order {}

    record ResultsReleased(int epoch, int firstTask, int count, int attempt) implements Order {}

    /// The result of `source` is `task`'s too; without a source it is here already.
    record ResultAdopted(int epoch, int task, int attempt, int source) implements Order {}

    record JobStopped(int epoch, long job) implements Order {}

    record JobForgotten(int epoch, long job) implements Order {}

    /// The scheduler has given this incarnation up.
    record Dismissed(int epoch) implements Order {}

    /// A thread has nothing to run, or the task that it runs waits for others.
    record ThreadIdle(int thread) implements WorkerEvent {}

    /// The task that the thread runs has waited for others, and goes on: the thread is not idle any more.
    record ThreadResumed(int thread) implements WorkerEvent {}

    record TaskFinished(int task, int attempt, long rows, long bytes, long busyNanos,
            long exchangedRows) implements WorkerEvent {}

    record TaskExpanded(int task, int attempt, long job, JobPlan plan, long busyNanos,
            long exchangedRows) implements WorkerEvent {}

    record TaskFailed(int task, int attempt, boolean retryable, long busyNanos) implements WorkerEvent {}

    /// The task was not started: its job is stopped, or an input is not here any more.
    record TaskReturned(int task, int attempt) implements WorkerEvent {}

    /// The task was not started: there is no memory for its grant now.
    record TaskDeferred(int task, int attempt) implements WorkerEvent {}

    /// The task failed for lack of memory, and wants to run once more with nothing beside it.
    record TaskStarved(int task, int attempt) implements WorkerEvent {}

    /// What a thread was running when somebody looked.
    record TaskSighted(int thread, int task, int attempt, long sinceNanos) implements WorkerEvent {}

    /// A copy of another worker's result is here.
    record InputArrived(int task, int attempt) implements WorkerEvent {}

    /// The holder does not have it, or does not answer.
    record InputUnavailable(int task, int attempt) implements WorkerEvent {}

    /// A result of this worker's own, or a copy, turned out to be damaged or gone.
    record ResultLost(int task, int attempt) implements WorkerEvent {}

    /// This process is asked to end.
    record AskedToLeave() implements WorkerEvent {}

    record TimePassed() implements WorkerEvent {}
}
