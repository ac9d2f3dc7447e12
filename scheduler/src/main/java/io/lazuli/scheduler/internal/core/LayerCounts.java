package io.lazuli.scheduler.internal.core;

/// How far one layer is; the numbers behind [io.lazuli.graph.JobProgress.LayerProgress].
public record LayerCounts(
        String label, int taskCount, int leasedCount, int finishedCount, long busyNanos, long rows, long bytes) {}
