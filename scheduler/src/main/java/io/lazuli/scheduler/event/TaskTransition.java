package io.lazuli.scheduler.event;

/// What can happen to a task, and the status it has then.
public enum TaskTransition {
    /// Its last missing input was produced.
    SATISFIED(TaskStatus.READY),
    /// Its result existed before the job did.
    HELD(TaskStatus.IN_MEMORY),
    /// Nobody would use its result, so it does not run.
    SKIPPED(TaskStatus.RELEASED),
    /// A worker was given it.
    ASSIGNED(TaskStatus.LEASED),
    /// A worker gave it back unstarted.
    RETURNED(TaskStatus.WAITING),
    /// The worker that has it is silent or dead.
    REVOKED(TaskStatus.WAITING),
    /// It failed and is to run again.
    RETRIED(TaskStatus.WAITING),
    /// An input that existed is lost.
    STALLED(TaskStatus.WAITING),
    /// It returned a graph in place of a result.
    EXPANDED(TaskStatus.EXPANDED),
    /// The graph that it returned cannot be run to its end, because an input is lost.
    RESTARTED(TaskStatus.WAITING),
    /// It returned its result, or the graph that it returned did.
    FINISHED(TaskStatus.IN_MEMORY),
    /// It failed for good.
    FAILED(TaskStatus.FAILED),
    /// Its result is lost.
    LOST(TaskStatus.WAITING),
    /// Its result was released, and is needed again to make another that was lost.
    REVIVED(TaskStatus.WAITING),
    /// Nobody wants its result any more.
    RELEASED(TaskStatus.RELEASED),
    /// Its job ended.
    ABANDONED(TaskStatus.DROPPED);

    private static final TaskTransition[] ALL = values();

    private final TaskStatus to;

    TaskTransition(TaskStatus to) {
        this.to = to;
    }

    public TaskStatus to() {
        return to;
    }

    static boolean isCode(int code) {
        return code < ALL.length;
    }

    static TaskTransition of(int code) {
        return ALL[code];
    }
}
