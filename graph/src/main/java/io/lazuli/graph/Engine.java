package io.lazuli.graph;

import io.lazuli.graph.memory.MemoryAccountant;
import java.util.function.Consumer;

/// Runs task graphs: on the threads of this process, or on a cluster. Collections know nothing else of the scheduler.
///
/// Closing an engine cancels its jobs, drops what is persisted and removes its spill files.
public interface Engine extends AutoCloseable {
    /// Starts a job and returns at once. Errors: USER if the graph names held results that this engine does not have.
    Job submit(TaskGraph graph, JobOptions options);

    /// Runs a graph and keeps its output here for later graphs. Waits for the end.
    default Persisted persist(TaskGraph graph, JobOptions options) {
        return persist(graph, options, job -> {});
    }

    /// As [#persist(TaskGraph, JobOptions)]; `started` is told of the job before this waits for it, so that its progress can be
    /// shown. Nobody is told where the engine keeps that output already.
    Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started);

    /// The accountant of the process that calls, for blocks made on its behalf.
    MemoryAccountant memory();

    @Override
    void close();

    /// The engine of this process: made by the first call from the provider on the class path, closed when the process ends.
    /// Errors: USER if there is no provider.
    static Engine shared() {
        return SharedEngine.get();
    }
}
