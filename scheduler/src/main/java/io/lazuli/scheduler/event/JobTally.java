package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts what happens in one job.
final class JobTally {
    final JobDescription description;
    /// Of all layers of the description.
    final List<LayerTally> layers;
    final int firstTask;
    final long startNanos;
    private JobProgress.State state = JobProgress.State.RUNNING;
    private long endNanos;
    private long spilledBytes;
    private long retryCount;
    private long recomputedCount;
    private @Nullable String failure;

    JobTally(JobDescription description, int firstTask, long startNanos) {
        this.description = description;
        this.firstTask = firstTask;
        this.startNanos = startNanos;
        this.layers = description.layers().stream().map(layer -> new LayerTally(this, layer)).toList();
    }

    /// Takes over from before a gap what those who describe the job now do not know.
    JobTally(JobDescription description, int firstTask, JobTally before) {
        this(description, firstTask, before.startNanos);
        retryCount = before.retryCount;
        recomputedCount = before.recomputedCount;
    }

    void moved(TaskTransition transition, int lost, int count) {
        recomputedCount += lost;
        retryCount += transition == TaskTransition.RETRIED ? count : 0;
    }

    void spilled(long byteCount) {
        spilledBytes += byteCount;
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

    private List<LayerTally> own() {
        return layers.stream().filter(layer -> !layer.layer.isHeld()).toList();
    }

    JobSummary summary(long nanos) {
        List<LayerProgress> progress = own().stream().map(LayerTally::progress).toList();
        Duration elapsed = Duration.ofNanos((isRunning() ? nanos : endNanos) - startNanos);
        return new JobSummary(
                description.id(),
                description.name(),
                new JobProgress(state, elapsed, spilledBytes, progress),
                retryCount,
                recomputedCount,
                Optional.ofNullable(failure));
    }

    JobPace pace(long nanos) {
        List<Pace> paces = own().stream().map(layer -> layer.pace(nanos)).toList();
        double rate = paces.stream().mapToDouble(Pace::tasksPerSecond).sum();
        return new JobPace(summary(nanos), paces, new Pace(rate, timeLeft(paces)));
    }

    /// Until the last layer ends, once all have begun: nobody knows how long the tasks of a layer take that has not.
    private static Optional<Duration> timeLeft(List<Pace> paces) {
        if (paces.stream().anyMatch(pace -> pace.timeLeft().isEmpty())) {
            return Optional.empty();
        }
        return paces.stream().flatMap(pace -> pace.timeLeft().stream()).max(Comparator.naturalOrder());
    }
}
