package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import java.time.Duration;

/// Counts what happens in one layer, as the scheduler's core does: rows and bytes of a task once, however often it runs.
///
/// Invariant: `0 <= finished <= tasks`, `0 <= running`.
final class LayerTally {
    final JobTally job;
    final LayerDescription layer;
    private int taskCount;
    private int runningCount;
    private int finishedCount;
    private long rows;
    private long bytes;
    private long busyNanos;
    private final RateMeter finishes = new RateMeter();

    LayerTally(JobTally job, LayerDescription layer) {
        this.job = job;
        this.layer = layer;
        this.taskCount = layer.taskCount();
    }

    /// The same happened to `count` of its tasks.
    ///
    /// @param repeated what they make was counted before
    void moved(TaskTransition transition, TaskStatus from, boolean repeated, int count, long nanos) {
        if (transition == TaskTransition.SKIPPED && !repeated) {
            taskCount -= count;
            return;
        }
        TaskStatus to = transition.to();
        runningCount += of(to == TaskStatus.LEASED, count) - of(from == TaskStatus.LEASED, count);
        int produced = of(to.isProduced(), count) - of(from.isProduced(), count);
        finishedCount += produced;
        job.moved(transition, produced < 0 ? count : 0, count);
        if (transition == TaskTransition.FINISHED) {
            finishes.add(count, nanos);
        } else if (to == TaskStatus.LEASED) {
            finishes.start(nanos);
        }
    }

    private static int of(boolean is, int count) {
        return is ? count : 0;
    }

    void ended(EventCursor event) {
        if (!event.isRepeated()) {
            rows += event.rows();
            bytes += event.bytes();
        }
        busyNanos += event.busyNanos();
    }

    void counted(EventCursor event) {
        taskCount = event.layerTaskCount();
        runningCount = event.runningCount();
        finishedCount = event.finishedCount();
        busyNanos = event.busyNanos();
        rows = event.rows();
        bytes = event.bytes();
        finishes.start(event.nanos());
    }

    /// Nothing was heard of its end, but there must have been one.
    void endUnheard() {
        runningCount = 0;
        finishedCount = taskCount;
    }

    /// Adds what another layer, of the same label, has done.
    void add(LayerTally other) {
        taskCount += other.taskCount;
        runningCount += other.runningCount;
        finishedCount += other.finishedCount;
        rows += other.rows;
        bytes += other.bytes;
        busyNanos += other.busyNanos;
        finishes.add(other.finishes);
    }

    int left() {
        return taskCount - finishedCount;
    }

    Pace pace(long nanos) {
        return Pace.of(finishes.perSecond(nanos), left());
    }

    LayerProgress progress() {
        return new LayerProgress(
                layer.label(), taskCount, runningCount, finishedCount, Duration.ofNanos(busyNanos), rows, bytes);
    }
}
