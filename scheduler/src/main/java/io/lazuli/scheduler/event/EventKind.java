package io.lazuli.scheduler.event;

/// The kinds of [EngineEvent], for whoever reads an [EventCursor] without decoding.
public enum EventKind {
    TASKS_MOVED,
    TASK_ENDED,
    JOB_SUBMITTED,
    JOB_STOPPED,
    JOB_FINISHED,
    JOB_FORGOTTEN,
    JOB_FAILED,
    RESULTS_SPILLED,
    LAYER_COUNTED,
    WORKER_JOINED,
    WORKER_LEFT,
    GAP,
    ENGINE_CLOSED,
    WORKER_SAMPLED
}
