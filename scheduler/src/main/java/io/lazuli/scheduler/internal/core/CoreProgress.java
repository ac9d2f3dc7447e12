package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress.LayerProgress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// How far the layers of a job are. Read by whoever may call the core, between its calls.
public final class CoreProgress {
    private final JobState job;

    CoreProgress(JobState job) {
        this.job = job;
    }

    /// In the order of the job's plan.
    public List<LayerProgress> layers() {
        return Arrays.stream(job.layers).map(CoreProgress::progress).toList();
    }

    private static LayerProgress progress(LayerState layer) {
        return new LayerProgress(
                layer.plan.label(), layer.plan.partitionCount() - layer.skipped, layer.leased, layer.produced - layer.skipped,
                Duration.ofNanos(layer.busyNanos), layer.rows, layer.bytes);
    }
}
