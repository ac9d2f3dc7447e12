package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EngineEvent;
import io.lazuli.scheduler.event.JobDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A job as it was described. Guarded by the model.
final class JobRecord {
    final JobDescription description;
    final int firstTask;
    final long startNanos;
    final List<LayerRecord> layers = new ArrayList<>();
    /// Where the task is whose failure stopped it: label of its layer, empty if it is not known.
    String stoppedIn = "";
    int stoppedAt = EngineEvent.NONE;

    /// @param before what was known of it before a gap
    JobRecord(JobDescription description, int firstTask, long startNanos, @Nullable JobRecord before) {
        this.description = description;
        this.firstTask = firstTask;
        this.startNanos = startNanos;
        for (int i = 0; i < description.layers().size(); i++) {
            layers.add(before == null ? new LayerRecord(this, i) : new LayerRecord(this, before.layers.get(i)));
        }
    }

    /// No task set it off.
    boolean isRoot() {
        return description.parent() == EngineEvent.NONE;
    }
}
