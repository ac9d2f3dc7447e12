package io.lazuli.dashboard.internal.model;

/// Something that went wrong: an attempt of a task, a job, or a worker.
///
/// @param number    in the model, from 1
/// @param nanos     since the engine was opened
/// @param kind      `retried`, `failed` or `lost` of a task, `job` of a job, `worker` of one that was lost
/// @param job       id of the job whose task it is, or NONE
/// @param jobName   its name; of a lost worker its own
/// @param layer     label, empty if it is not known
/// @param partition of the layer, or [io.lazuli.scheduler.event.EngineEvent#NONE] as the next three
/// @param count     how many tasks, from `partition` on
/// @param attempt   which of the task's has failed, from 1
/// @param message   in words, empty if there are none
public record Failure(
        long number, long nanos, String kind, long job, String jobName, String layer, int partition, int count,
        int attempt, int worker, long busyNanos, String message) {}
