package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;

/// What the core wants done, decoded for tests and logs. See [EffectBuffer] for the packed form.
public sealed interface Effect {
    /// The job's tasks have the ids from `firstTask`. Comes before every other effect of the job.
    record AdmitJob(long job, int firstTask) implements Effect {}

    /// A lease: `count` consecutive tasks of one layer.
    record RunTasks(int worker, long job, int layer, int firstTask, int count, int attempt) implements Effect {}

    /// `count` consecutive results are not wanted any more.
    record ReleaseResults(int firstTask, int count) implements Effect {}

    /// A partition of the job's output can be taken.
    record OfferResult(long job, int task) implements Effect {}

    /// The job will not succeed: return its unstarted tasks and tell those that run.
    ///
    /// @param task the one whose failure is the reason, or -1
    record StopJob(long job, int task) implements Effect {}

    /// The consumers of an exchange saw other rows than its producers made; the job fails.
    record ReportRowLoss(long job, int layer, long rowsProduced, long rowsTaken) implements Effect {}

    /// None of the job's tasks runs or will run. Once per job.
    record FinishJob(long job, JobProgress.State state) implements Effect {}

    /// Nothing of the job is left; its ids may be used again. Once per job, after [FinishJob].
    record ForgetJob(long job) implements Effect {}
}
