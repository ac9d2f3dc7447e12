package io.lazuli.dashboard.internal.model;

import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.TaskRanges;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The jobs that are known by description: those that live, and the last that ended. Guarded by the model.
final class JobBook {
    /// As many as [io.lazuli.scheduler.event.ProgressView] keeps.
    private static final int MOST_ENDED = 100;

    /// By id, in the order of submission.
    private final Map<Long, JobRecord> jobs = new LinkedHashMap<>();
    /// Those of `jobs` that the engine has forgotten, the oldest first.
    private final Deque<Long> forgotten = new ArrayDeque<>();
    private final TaskRanges<LayerRecord> layers = new TaskRanges<>();
    /// While a block is read that tells of a gap: jobs that were alive before it, and have not been told of since.
    private final Map<Long, JobRecord> missing = new HashMap<>();

    void submitted(EventCursor event) {
        JobRecord before = missing.remove(event.job());
        JobRecord job = new JobRecord(event.description(), event.task(), event.nanos(), before);
        jobs.put(event.job(), job);
        for (LayerRecord layer : job.layers) {
            var place = job.description.layers().get(layer.index);
            layers.add(job.firstTask + place.firstTask(), place.taskCount(), layer);
        }
    }

    void forget(long id) {
        JobRecord job = jobs.get(id);
        if (job == null) {
            return;
        }
        for (LayerRecord layer : job.layers) {
            layers.remove(job.firstTask + job.description.layers().get(layer.index).firstTask(), layer);
        }
        end(id, job);
    }

    /// Only jobs that no task set off are kept: the others are told with them.
    private void end(long id, JobRecord job) {
        if (!job.isRoot()) {
            jobs.remove(id);
            return;
        }
        forgotten.add(id);
        if (forgotten.size() > MOST_ENDED) {
            jobs.remove(forgotten.remove());
        }
    }

    /// Nothing is known any more of what belongs to which task.
    void lose() {
        layers.clear();
        missing.clear();
        missing.putAll(jobs);
        missing.keySet().removeAll(forgotten);
    }

    /// All living jobs have been told of after a gap.
    void endUnheard() {
        missing.forEach(this::end);
        missing.clear();
    }

    @Nullable
    JobRecord find(long id) {
        return jobs.get(id);
    }

    /// The layer of a task, if it is known.
    Optional<LayerRecord> layerOf(int task) {
        return Optional.ofNullable(layers.find(task).layer());
    }

    TaskRanges.Range<LayerRecord> rangeOf(int task) {
        return layers.find(task);
    }
}
