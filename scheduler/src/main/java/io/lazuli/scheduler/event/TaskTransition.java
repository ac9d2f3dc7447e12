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
    RETURNED(TaskStatus.READY),
    /// It failed and is to run again.
    RETRIED(TaskStatus.READY),
    /// It failed for good.
    FAILED(TaskStatus.FAILED),
    /// It returned its result.
    FINISHED(TaskStatus.IN_MEMORY),
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
