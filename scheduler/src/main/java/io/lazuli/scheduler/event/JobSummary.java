package io.lazuli.scheduler.event;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.ProgressText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What a job has done so far, or in all once it has ended, with what its tasks set off: the graphs that they returned and the
/// jobs that they submitted.
///
/// @param parent          id of the job whose task set this one off, or [EngineEvent#NONE]
/// @param progress        of the job alone, as [io.lazuli.graph.Job#progress] gives it, except for fractions of a millisecond in
///                        its elapsed time
/// @param innerJobCount   jobs that its tasks set off, and theirs
/// @param inner           layers of these, one for each label. A task that waits for a job is busy meanwhile, except while its
///                        thread runs another task, so its time may hold some of theirs
/// @param spill           of all of them
/// @param retryCount      attempts that failed and were followed by another
/// @param recomputedCount results that were lost and made again
/// @param failure         why it failed
public record JobSummary(
        long job,
        long parent,
        String name,
        JobProgress progress,
        long innerJobCount,
        List<LayerProgress> inner,
        Spill spill,
        long retryCount,
        long recomputedCount,
        Optional<String> failure) {
    public JobSummary {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(progress, "progress is null");
        inner = List.copyOf(inner);
        Objects.requireNonNull(spill, "spill is null");
        Objects.requireNonNull(failure, "failure is null");
    }

    private Stream<LayerProgress> all() {
        return Stream.concat(progress.layers().stream(), inner.stream());
    }

    /// Tasks of the job and of what its tasks set off so far.
    public long taskCount() {
        return all().mapToLong(LayerProgress::taskCount).sum();
    }

    public long finishedCount() {
        return all().mapToLong(LayerProgress::finishedCount).sum();
    }

    /// A table: the job, then its layers and those within its tasks, the busiest first.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("job %d '%s': %,d of %,d tasks".formatted(job, name, finishedCount(),
                taskCount()));
        append(text, innerJobCount, "jobs within");
        append(text, retryCount, "retried");
        append(text, recomputedCount, "made again");
        if (spill.readBytes() > 0) {
            text.append(", ").append(ProgressText.bytes(spill.readBytes())).append(" read back");
        }
        text.append(", ").append(ProgressText.summary(whole()));
        failure.ifPresent(message -> text.append(message).append(System.lineSeparator()));
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append(", %,d %s".formatted(count, what));
        }
    }

    private JobProgress whole() {
        Stream<LayerProgress> within = inner.stream()
                .map(layer -> new LayerProgress(
                        "within: " + layer.label(), layer.taskCount(), layer.runningCount(), layer.finishedCount(),
                        layer.busy(), layer.outputRows(), layer.outputBytes()));
        return new JobProgress(
                progress.state(), progress.elapsed(), spill.writtenBytes(),
                Stream.concat(progress.layers().stream(), within).toList());
    }
}
