package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.ProgressText;
import java.util.Objects;
import java.util.Optional;

/// What a job has done so far, or in all once it has ended.
///
/// @param progress        as [io.lazuli.graph.Job#progress] gives it, except for fractions of a millisecond in its elapsed time
/// @param retryCount      attempts that failed and were followed by another
/// @param recomputedCount results that were lost and made again
/// @param failure         why it failed
public record JobSummary(
        long job,
        String name,
        JobProgress progress,
        long retryCount,
        long recomputedCount,
        Optional<String> failure) {
    public JobSummary {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(progress, "progress is null");
        Objects.requireNonNull(failure, "failure is null");
    }

    public long taskCount() {
        return progress.layers().stream().mapToLong(LayerProgress::taskCount).sum();
    }

    public long finishedCount() {
        return progress.layers().stream().mapToLong(LayerProgress::finishedCount).sum();
    }

    /// A table: the job, then its layers, the busiest first.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("job %d '%s': %,d of %,d tasks".formatted(job, name, finishedCount(),
                taskCount()));
        if (retryCount > 0) {
            text.append(", %,d retried".formatted(retryCount));
        }
        if (recomputedCount > 0) {
            text.append(", %,d made again".formatted(recomputedCount));
        }
        text.append(", ").append(ProgressText.summary(progress));
        failure.ifPresent(message -> text.append(message).append(System.lineSeparator()));
        return text.toString();
    }
}
