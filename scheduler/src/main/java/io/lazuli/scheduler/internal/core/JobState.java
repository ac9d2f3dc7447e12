package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;

/// One job, from its submission until nothing of it is left.
final class JobState {
    final long id;
    final JobPlan plan;
    final int priority;
    final int retries;
    /// Order of submission.
    final long sequence;
    /// Id of the first task.
    final int first;
    final LayerState[] layers;
    /// RUNNING until every task has ended or the job was stopped; then how it ends.
    JobProgress.State outcome = JobProgress.State.RUNNING;
    /// True once [Effect.FinishJob] was given: no task is LEASED, none will be.
    boolean finished;
    /// The client is done with it.
    boolean closed;
    /// Tasks not yet produced.
    int unproduced;
    /// Tasks that are LEASED.
    int leased;
    /// Tasks that are IN_MEMORY.
    int inMemory;

    JobState(Event.JobSubmitted submitted, long sequence, int first) {
        this.id = submitted.job();
        this.plan = submitted.plan();
        this.priority = submitted.priority();
        this.retries = Math.min(submitted.retries(), Short.MAX_VALUE - 1);
        this.sequence = sequence;
        this.first = first;
        this.layers = new LayerState[plan.layers().size()];
        this.unproduced = plan.taskCount();
    }

    boolean isRunning() {
        return outcome == JobProgress.State.RUNNING;
    }

    LayerState output() {
        return layers[plan.output()];
    }
}
