package io.lazuli.scheduler.internal.job;

import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Why tasks failed, of a job and of what its tasks expanded to: told by workers, kept for the client. Thread-safe.
final class Failures {
    /// By task.
    private final Map<Integer, LazuliException> reasons = new ConcurrentHashMap<>();
    /// How often each has failed, so far.
    private final Map<Integer, Integer> counts = new ConcurrentHashMap<>();

    void add(Layer layer, int task, Key key, Throwable reason) {
        int count = counts.merge(task, 1, Integer::sum);
        reasons.put(task, Errors.taskFailed(layer, key, count, reason));
    }

    /// The result of the task can be had by no other process.
    void refuse(int task, LazuliException reason) {
        reasons.put(task, reason);
    }

    /// Why the task failed last; null if it did not.
    @Nullable
    LazuliException of(int task) {
        return reasons.get(task);
    }

    /// The client has been told what it needs to know.
    void clear() {
        reasons.clear();
    }
}
