package io.lazuli.dashboard.internal.model;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobPace;
import io.lazuli.scheduler.event.JobSummary;
import java.util.List;
import java.util.Optional;

/// A moment of one job that no task set off.
///
/// @param startNanos since the engine was opened
/// @param extras     of the layers of the description, in its order
/// @param pace       while it runs
public record JobView(
        JobDescription description, long startNanos, JobSummary summary, List<LayerExtra> extras,
        Optional<JobPace> pace) {
    public JobView {
        extras = List.copyOf(extras);
    }

    /// What progress does not tell of a layer.
    ///
    /// @param failedCount tasks that failed for good
    /// @param retryCount  attempts that failed and were followed by another
    /// @param longestNanos of its longest attempt
    public record LayerExtra(int failedCount, int retryCount, long longestNanos) {}

    public boolean isRunning() {
        return summary.progress().state() == JobProgress.State.RUNNING;
    }

    public long id() {
        return description.id();
    }
}
