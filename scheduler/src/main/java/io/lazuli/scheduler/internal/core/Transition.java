package io.lazuli.scheduler.internal.core;

import static io.lazuli.scheduler.internal.core.TaskStatus.DROPPED;
import static io.lazuli.scheduler.internal.core.TaskStatus.IN_MEMORY;
import static io.lazuli.scheduler.internal.core.TaskStatus.LEASED;
import static io.lazuli.scheduler.internal.core.TaskStatus.READY;
import static io.lazuli.scheduler.internal.core.TaskStatus.WAITING;

/// What can happen to a task, and where it leads from each status: the whole life of tasks as one table. A pair that is
/// not in it cannot happen, so meeting one is a defect and is reported with the task's story.
public enum Transition {
    /// Its last missing input was produced.
    SATISFIED(READY, WAITING),
    /// Its result existed before the job did.
    HELD(IN_MEMORY, WAITING),
    /// Nobody would use its result, so it does not run.
    SKIPPED(TaskStatus.RELEASED, WAITING, READY),
    /// A worker was given it.
    ASSIGNED(LEASED, READY),
    /// A worker gave it back unstarted.
    RETURNED(WAITING, LEASED),
    /// The worker that has it is silent or dead.
    REVOKED(WAITING, LEASED),
    /// It failed and is to run again.
    RETRIED(WAITING, LEASED),
    /// An input that existed is lost.
    STALLED(WAITING, READY),
    /// It returned a graph in place of a result; or it stands for a result from before the job, which is lost and for which the
    /// client gave a graph.
    EXPANDED(TaskStatus.EXPANDED, LEASED, WAITING),
    /// The graph that it returned cannot be run to its end, because an input is lost.
    RESTARTED(WAITING, TaskStatus.EXPANDED),
    /// It returned its result, or the graph that it returned did.
    FINISHED(IN_MEMORY, LEASED, TaskStatus.EXPANDED),
    /// It failed for good.
    FAILED(TaskStatus.FAILED, LEASED, TaskStatus.EXPANDED, WAITING, READY),
    /// Its result is lost.
    LOST(WAITING, IN_MEMORY),
    /// Its result was released, and is needed again to make another that was lost.
    REVIVED(WAITING, TaskStatus.RELEASED),
    /// Nobody wants its result any more.
    RELEASED(TaskStatus.RELEASED, IN_MEMORY),
    /// Its job ended.
    ABANDONED(DROPPED, WAITING, READY, LEASED, TaskStatus.EXPANDED);

    static final Transition[] ALL = values();

    private final TaskStatus to;
    /// Bit `s` is set if the transition may start from the status with ordinal `s`.
    private final int from;

    Transition(TaskStatus to, TaskStatus... from) {
        this.to = to;
        int bits = 0;
        for (TaskStatus status : from) {
            bits |= 1 << status.ordinal();
        }
        this.from = bits;
    }

    public boolean allowedFrom(TaskStatus status) {
        return (from >>> status.ordinal() & 1) != 0;
    }

    public TaskStatus to() {
        return to;
    }
}
