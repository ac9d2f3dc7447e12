package io.lazuli.scheduler.internal.cluster;

/// One attempt's result of a task, as who wants it knows it.
public record TaskResult(WorkerJob job, int task, int attempt) {}
