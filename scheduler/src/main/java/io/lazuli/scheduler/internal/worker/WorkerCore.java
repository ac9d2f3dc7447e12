package io.lazuli.scheduler.internal.worker;

/// Skeleton; the logic follows.
public final class WorkerCore {
    public WorkerCore(WorkerOptions options) {}

    public void on(WorkerEventBuffer in, long nanos, WorkerEffectBuffer out) {}

    public void validate() {}
}
