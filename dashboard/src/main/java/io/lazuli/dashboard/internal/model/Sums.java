package io.lazuli.dashboard.internal.model;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskStatus;
import io.lazuli.scheduler.event.TaskTransition;

/// Adds up [Totals]. Guarded by the model.
final class Sums {
    private long finishedTasks;
    private long failedTasks;
    private long retriedTasks;
    private long lostResults;
    private long recomputedTasks;
    private long rows;
    private long bytes;
    private long busyNanos;
    private long spillWrittenBytes;
    private long spillReadBytes;
    private long jobs;
    private long succeededJobs;
    private long failedJobs;
    private long cancelledJobs;
    private long droppedBlocks;

    void moved(TaskTransition transition, int count) {
        recomputedTasks += RunModel.isMadeAgain(transition) ? count : 0;
        switch (transition) {
            case FINISHED -> finishedTasks += count;
            case FAILED -> failedTasks += count;
            case RETRIED -> retriedTasks += count;
            case LOST -> lostResults += count;
            default -> {}
        }
    }

    void ended(EventCursor event) {
        if (!event.isRepeated() && event.from() != TaskStatus.EXPANDED) {
            rows += event.rows();
            bytes += event.bytes();
        }
        busyNanos += event.busyNanos();
    }

    void spilled(EventCursor event) {
        spillWrittenBytes += event.writtenBytes();
        spillReadBytes += event.readBytes();
    }

    void submitted(EventCursor event) {
        jobs += event.description().parent() == EngineEvent.NONE ? 1 : 0;
    }

    void finished(JobProgress.State state) {
        switch (state) {
            case SUCCEEDED -> succeededJobs++;
            case FAILED -> failedJobs++;
            case CANCELLED -> cancelledJobs++;
            case RUNNING -> {}
        }
    }

    void missed(EventCursor event) {
        droppedBlocks += event.missedBlockCount();
    }

    Totals totals() {
        return new Totals(
                finishedTasks, failedTasks, retriedTasks, lostResults, recomputedTasks, rows, bytes, busyNanos,
                spillWrittenBytes,
                spillReadBytes, jobs, succeededJobs, failedJobs, cancelledJobs, droppedBlocks);
    }
}
