package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One job, from its submission until nothing of it is left. What a task expands to is a job too, the task's job its parent.
final class JobState {
    final long id;
    final JobPlan plan;
    /// Order of submission; a parent's children have its own.
    final long sequence;
    /// Id of the first task.
    final int first;
    final LayerState[] layers;
    final @Nullable JobState parent;
    /// The parent's task whose result this job makes; [Effect#NO_TASK] without a parent.
    final int expanded;
    /// Parents above it.
    private final int depth;
    /// Jobs that its tasks expanded to and that have not finished.
    final Set<JobState> children = new LinkedHashSet<>();
    /// RUNNING until every task has ended or the job was stopped; then how it ends.
    JobProgress.State outcome = JobProgress.State.RUNNING;
    /// The task whose failure stopped it, or [Effect#NO_TASK].
    int reason = Effect.NO_TASK;
    /// True once [Effect.FinishJob] was given: no task is LEASED, none will be.
    boolean finished;
    /// The client is done with it.
    boolean closed;
    /// It stops only because an input is lost: its task in the parent is to run again.
    boolean restarts;
    /// When it was submitted, a result was missing that it starts from.
    boolean lacksInput;
    /// Tasks not yet produced.
    int unproduced;
    /// Tasks that are LEASED.
    int leased;
    /// Tasks that are IN_MEMORY.
    int inMemory;

    JobState(long id, JobPlan plan, long sequence, int first, @Nullable JobState parent, int expanded) {
        this.id = id;
        this.plan = plan;
        this.sequence = sequence;
        this.first = first;
        this.layers = new LayerState[plan.layers().size()];
        this.parent = parent;
        this.expanded = expanded;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.unproduced = plan.taskCount();
    }

    boolean isRunning() {
        return outcome == JobProgress.State.RUNNING;
    }

    /// True if no task of it or of its children is in anybody's hands.
    boolean isIdle() {
        return leased == 0 && children.isEmpty();
    }

    LayerState output() {
        return layers[plan.output()];
    }

    boolean isOutput(LayerState layer) {
        return layer.index == plan.output();
    }

    int end() {
        return first + plan.taskCount();
    }

    /// The older first; what a task expanded to before the rest of its job.
    boolean precedes(JobState other) {
        if (sequence != other.sequence) {
            return sequence < other.sequence;
        }
        return depth != other.depth ? depth > other.depth : id < other.id;
    }
}
