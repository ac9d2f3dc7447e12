package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.scheduler.event.JobDescription.LayerDescription;
import java.time.Duration;

/// Counts what happens in one layer.
final class LayerTally {
    /// The last seconds, cut into slots.
    private static final long SLOT_NANOS = 500_000_000;
    private static final int SLOTS = 10;

    final JobTally job;
    final LayerDescription layer;
    private int taskCount;
    private int runningCount;
    private int finishedCount;
    private long rows;
    private long bytes;
    private long busyNanos;
    /// Finished tasks by slot of time; entries of slots before `newestSlot - SLOTS` are stale.
    private final int[] finished = new int[SLOTS];
    private long newestSlot;
    /// When its first task was given to a worker; negative before.
    private long startNanos = -1;

    LayerTally(JobTally job, LayerDescription layer) {
        this.job = job;
        this.layer = layer;
        this.taskCount = layer.taskCount();
    }

    /// The same happened to `count` of its tasks.
    void moved(TaskTransition transition, TaskStatus from, int count, long nanos) {
        TaskStatus to = transition.to();
        if (transition == TaskTransition.SKIPPED) {
            taskCount -= count;
            return;
        }
        runningCount += of(to == TaskStatus.LEASED, count) - of(from == TaskStatus.LEASED, count);
        int produced = of(to.isProduced(), count) - of(from.isProduced(), count);
        finishedCount += produced;
        job.moved(transition, produced < 0 ? count : 0, count);
        if (produced > 0) {
            finished(produced, nanos);
        } else if (startNanos < 0 && to == TaskStatus.LEASED) {
            startNanos = nanos;
        }
    }

    private static int of(boolean is, int count) {
        return is ? count : 0;
    }

    void ended(EventCursor event) {
        rows += event.rows();
        bytes += event.bytes();
        busyNanos += event.busyNanos();
    }

    void counted(EventCursor event) {
        taskCount = event.layerTaskCount();
        runningCount = event.runningCount();
        finishedCount = event.finishedCount();
        busyNanos = event.busyNanos();
        rows = event.rows();
        bytes = event.bytes();
        startNanos = startNanos < 0 ? event.nanos() : startNanos;
    }

    private void finished(int count, long nanos) {
        goTo(nanos / SLOT_NANOS);
        finished[(int) (newestSlot % SLOTS)] += count;
    }

    private void goTo(long slot) {
        newestSlot = Math.max(newestSlot, slot - SLOTS);
        while (newestSlot < slot) {
            finished[(int) (++newestSlot % SLOTS)] = 0;
        }
    }

    int left() {
        return taskCount - finishedCount;
    }

    /// Tasks finished a second lately.
    double rate(long nanos) {
        goTo(nanos / SLOT_NANOS);
        long count = 0;
        for (int slot : finished) {
            count += slot;
        }
        long windowStart = Math.max(startNanos, (newestSlot - SLOTS + 1) * SLOT_NANOS);
        return count == 0 ? 0 : count * 1e9 / Math.max(nanos - windowStart, 1_000_000);
    }

    Pace pace(long nanos) {
        return Pace.of(rate(nanos), left());
    }

    LayerProgress progress() {
        return new LayerProgress(
                layer.label(), taskCount, runningCount, finishedCount, Duration.ofNanos(busyNanos), rows, bytes);
    }
}
