package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskTransition;
import java.util.HashMap;
import java.util.Map;

/// What the progress of a layer does not tell. Guarded by the model.
final class LayerRecord {
    private static final int MOST_FAILURES = 1_000;

    final JobRecord job;
    /// In the job's description.
    final int index;
    private int failedCount;
    private int retryCount;
    private long longestNanos;
    /// How often tasks have failed, of those that have. Numbers of attempts in events may count those of earlier jobs.
    private final Map<Integer, Integer> failures = new HashMap<>();

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
        failures.putAll(before.failures);
    }

    String label() {
        return job.description.layers().get(index).label();
    }

    int partitionOf(int task) {
        return task - job.firstTask - job.description.layers().get(index).firstTask();
    }

    /// The attempt that has just failed, from 1.
    int attemptOf(int task) {
        return failures.size() < MOST_FAILURES || failures.containsKey(task)
                ? failures.merge(task, 1, Integer::sum)
                : 1;
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
