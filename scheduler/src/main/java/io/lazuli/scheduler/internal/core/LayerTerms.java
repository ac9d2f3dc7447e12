package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.JobOptions;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;

/// How the tasks of a layer are to be run, once its annotations and the options of its job are put together.
///
/// @param timeoutNanos most time one attempt may take; 0 for any
/// @param workers      labels, of which a worker needs one; empty for any worker
public record LayerTerms(
        int priority,
        int retries,
        long timeoutNanos,
        SortedMap<String, Integer> resources,
        SortedSet<String> workers) {
    static final LayerTerms NONE =
            new LayerTerms(0, 0, 0, Collections.emptySortedMap(), Collections.emptySortedSet());

    static LayerTerms of(JobOptions options, Annotations annotations) {
        return new LayerTerms(
                options.priority() + annotations.priority(),
                annotations.retries() == Annotations.INHERITED ? options.retries() : annotations.retries(),
                annotations.timeoutNanos() == 0 ? options.timeoutNanos() : annotations.timeoutNanos(),
                annotations.resources(),
                annotations.workers());
    }

    boolean restrictsWorkers() {
        return !resources.isEmpty() || !workers.isEmpty();
    }

    /// True if such a worker could run one of the tasks when it is idle.
    boolean isMetBy(WorkerProfile worker) {
        return (workers.isEmpty() || workers.stream().anyMatch(worker.labels()::contains))
                && resources.entrySet().stream()
                        .allMatch(r -> worker.resources().getOrDefault(r.getKey(), 0) >= r.getValue());
    }
}
