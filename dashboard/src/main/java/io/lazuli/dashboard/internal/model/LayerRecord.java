package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskTransition;

/// What the progress of a layer does not tell. Guarded by the model.
final class LayerRecord {
    final JobRecord job;
    /// In the job's description.
    final int index;
    private int failedCount;
    private int retryCount;
    private long longestNanos;

    LayerRecord(JobRecord job, int index) {
        this.job = job;
        this.index = index;
    }

    /// The same layer, described again after a gap.
    LayerRecord(JobRecord job, LayerRecord before) {
        this(job, before.index);
        failedCount = before.failedCount;
        retryCount = before.retryCount;
        longestNanos = before.longestNanos;
    }

    String label() {
        return job.description.layers().get(index).label();
    }

    int partitionOf(int task) {
        return task - job.firstTask - job.description.layers().get(index).firstTask();
    }

    void moved(TaskTransition transition, int count) {
        failedCount += transition == TaskTransition.FAILED ? count : 0;
        retryCount += transition == TaskTransition.RETRIED ? count : 0;
    }

    void ended(EventCursor event) {
        longestNanos = Math.max(longestNanos, event.busyNanos());
    }

    JobView.LayerExtra extra() {
        return new JobView.LayerExtra(failedCount, retryCount, longestNanos);
    }
}
