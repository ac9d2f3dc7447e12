package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;

/// What the scheduler's core wants done, decoded for tests and logs. See [EffectBuffer] for the packed form.
///
/// Effects with a worker are orders to that worker, in order. [AdmitJob], [StopJob] and [ForgetJob] concern the client and all
/// workers, those that join later too.
public sealed interface Effect {
    int NO_TASK = -1;

    /// The job's tasks have the ids from `firstTask`. Comes before every other effect of the job.
    ///
    /// @param expanded the task whose result the job's is to be, or [#NO_TASK]
    record AdmitJob(long job, int firstTask, int expanded) implements Effect {}

    /// A lease: `count` consecutive tasks of one layer.
    ///
    /// @param alone run it with nothing beside it: it may have killed workers
    record RunTasks(int worker, long job, int layer, int firstTask, int count, int attempt,
            boolean alone) implements Effect {}

    /// Results that the worker's next leases read are held by another.
    record LocateResults(int worker, int firstTask, int count, int attempt, int holder) implements Effect {}

    /// What the worker has not started of these is not its own any more.
    record RevokeTasks(int worker, int firstTask, int count, int attempt) implements Effect {}

    /// What the worker has not started of these it is to give back: another one has nothing to do.
    record RecallTasks(int worker, int firstTask, int count, int attempt) implements Effect {}

    /// The worker is to fetch these results and to hold them from now on, because `holder` leaves. Answered for each by
    /// [Event.ResultKept] or [Event.ResultDeclined].
    record KeepResults(int worker, int firstTask, int count, int attempt, int holder) implements Effect {}

    /// Results that the worker may have been told of are held by another one now.
    record RedirectResults(int worker, int firstTask, int count, int attempt, int holder) implements Effect {}

    /// `count` consecutive results are not wanted any more: its own, or copies of others'.
    record ReleaseResults(int worker, int firstTask, int count, int attempt) implements Effect {}

    /// The result of `source` is the result of `task` too: what a task expanded to is done, or starts from there. Without a source
    /// ([#NO_TASK]) the worker has it already, from before the job.
    record AdoptResult(int worker, int task, int attempt, int source) implements Effect {}

    /// The worker is taken for dead: it must forget everything and join anew.
    record DismissWorker(int worker, int incarnation) implements Effect {}

    /// A partition of the job's output can be taken from the worker.
    record OfferResult(int worker, long job, int task, int attempt) implements Effect {}

    /// What was offered is lost, and will be offered again.
    record WithdrawResult(long job, int task) implements Effect {}

    /// The job will not succeed: return its unstarted tasks and tell those that run.
    ///
    /// @param task the one whose failure is the reason, or [#NO_TASK]
    record StopJob(long job, int task) implements Effect {}

    /// The consumers of an exchange saw other rows than its producers made; the job fails.
    record ReportRowLoss(long job, int layer, long rowsProduced, long rowsTaken) implements Effect {}

    /// No worker may run the layer's tasks; the job fails.
    record ReportUnrunnable(long job, int layer) implements Effect {}

    /// The task was running whenever `deaths` workers died, at last alone; the job fails.
    record ReportDeadly(long job, int task, int deaths) implements Effect {}

    /// A result that the job started from is lost, and nobody here knows how to make it: answer with
    /// [Event.RestorationSubmitted].
    record RestoreResult(long job, int task, int attempt) implements Effect {}

    /// A result that the job started from is not there any more, nor what would make it; the job fails.
    record ReportHeldLost(long job, int task) implements Effect {}

    /// The task's result was made again and again, and was lost each time; the job fails.
    record ReportUnreadable(long job, int task, int losses) implements Effect {}

    /// The job had succeeded, but an output that was not taken yet is lost: it runs again, and will finish again.
    record ReopenJob(long job) implements Effect {}

    /// None of the job's tasks runs or will run, unless it is reopened.
    record FinishJob(long job, JobProgress.State state) implements Effect {}

    /// Nothing of the job is left; its ids may be used again. Once per job, after [FinishJob].
    record ForgetJob(long job) implements Effect {}
}
