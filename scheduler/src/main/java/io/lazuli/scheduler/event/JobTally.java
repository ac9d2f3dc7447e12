package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts what happens in one job, and in those that its tasks set off.
final class JobTally {
    final JobDescription description;
    /// Of all layers of the description.
    final List<LayerTally> layers;
    final int firstTask;
    final long startNanos;
    /// The job that no task set off, and that this one's work belongs to; null if it is such a job itself.
    final @Nullable JobTally root;
    /// Empty for all but such a job.
    final InnerWork inner;
    private JobProgress.State state = JobProgress.State.RUNNING;
    private long endNanos;
    private Spill spill = Spill.NONE;
    private long retryCount;
    private long recomputedCount;
    private @Nullable String failure;

    /// @param root   where it belongs
    /// @param before what was known of it before a gap, after which those who describe it do not know all
    JobTally(JobDescription description, int firstTask, long startNanos, @Nullable JobTally root,
            @Nullable JobTally before) {
        this.description = description;
        this.firstTask = firstTask;
        this.startNanos = startNanos;
        this.root = root;
        this.layers = description.layers().stream().map(layer -> new LayerTally(this, layer)).toList();
        this.inner = before == null ? new InnerWork(this) : new InnerWork(this, before.inner);
        if (before != null) {
            retryCount = before.retryCount;
            recomputedCount = before.recomputedCount;
        }
    }

    void moved(TaskTransition transition, int lost, int count) {
        recomputedCount += lost;
        retryCount += transition == TaskTransition.RETRIED ? count : 0;
        if (lost > 0) {
            // Even if it had ended, it has not any more.
            state = JobProgress.State.RUNNING;
        }
    }

    void spilled(EventCursor event) {
        spill = spill.plus(new Spill(event.writtenBytes(), event.readBytes(), event.diskBytes()));
    }

    void finished(JobProgress.State outcome, long nanos) {
        state = outcome;
        endNanos = nanos;
    }

    void failed(String message) {
        failure = message;
    }

    boolean isRunning() {
        return state == JobProgress.State.RUNNING;
    }

    /// False if its work is shown as that of a job that still runs.
    boolean standsAlone() {
        return root == null || !root.isRunning();
    }

    /// Its layers without those that it started from.
    List<LayerTally> own() {
        return layers.stream().filter(layer -> !layer.layer.isHeld()).toList();
    }

    Spill ownSpill() {
        return spill;
    }

    long ownRetries() {
        return retryCount;
    }

    long ownRecomputed() {
        return recomputedCount;
    }

    JobSummary summary(long nanos) {
        Duration elapsed = Duration.ofNanos((isRunning() ? nanos : endNanos) - startNanos);
        return new JobSummary(
                description.id(),
                description.parent(),
                description.name(),
                new JobProgress(state, elapsed, spill.writtenBytes(), progress(own())),
                inner.jobCount(),
                progress(inner.layers()),
                spill.plus(inner.spill()),
                retryCount + inner.retries(),
                recomputedCount + inner.recomputed(),
                Optional.ofNullable(failure));
    }

    private static List<LayerProgress> progress(List<LayerTally> layers) {
        return layers.stream().map(LayerTally::progress).toList();
    }

    JobPace pace(long nanos) {
        List<Pace> own = own().stream().map(layer -> layer.pace(nanos)).toList();
        List<Pace> within = inner.layers().stream().map(layer -> layer.pace(nanos)).toList();
        List<Pace> all = Stream.concat(own.stream(), within.stream()).toList();
        double rate = all.stream().mapToDouble(Pace::tasksPerSecond).sum();
        return new JobPace(summary(nanos), own, within, new Pace(rate, timeLeft(all)));
    }

    /// Until the last layer ends, once all have begun: nobody knows how long the tasks of a layer take that has not.
    private static Optional<Duration> timeLeft(List<Pace> paces) {
        if (paces.stream().anyMatch(pace -> pace.timeLeft().isEmpty())) {
            return Optional.empty();
        }
        return paces.stream().flatMap(pace -> pace.timeLeft().stream()).max(Comparator.naturalOrder());
    }
}
