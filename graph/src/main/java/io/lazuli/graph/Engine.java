package io.lazuli.graph;

import io.lazuli.graph.memory.MemoryAccountant;

/// Runs task graphs: on the threads of this process, or on a cluster. Collections know nothing else of the scheduler.
///
/// Closing an engine cancels its jobs, drops what is persisted and removes its spill files.
public interface Engine extends AutoCloseable {
    /// Starts a job and returns at once. Errors: USER if the graph names held results that this engine does not have.
    Job submit(TaskGraph graph, JobOptions options);

    /// Runs a graph and keeps its output here for later graphs. Waits for the end.
    Persisted persist(TaskGraph graph, JobOptions options);

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
