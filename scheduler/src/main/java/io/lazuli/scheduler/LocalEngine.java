package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.local.LocalCluster;
import io.lazuli.scheduler.internal.store.StoreOptions;

/// An engine on threads of this process. Results larger than its memory go to disk and are read from there.
///
/// ```java
/// try (Engine engine = LocalEngine.open(EngineOptions.defaults().withThreads(4))) {
///     ...
/// }
/// ```
public final class LocalEngine implements Engine {
    private final EngineOptions options;
    private final LocalCluster cluster;

    private LocalEngine(EngineOptions options) {
        this.options = options;
        this.cluster = LocalCluster.open(
                options.threads(), options.bufferBytes(),
                new StoreOptions(options.heapBudgetBytes(), options.spillDirectory(), options.spillLimitBytes()));
    }

    /// Ownership: the caller closes it.
    public static LocalEngine open(EngineOptions options) {
        return new LocalEngine(options);
    }

    public EngineOptions options() {
        return options;
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions jobOptions) {
        return cluster.submit(graph, jobOptions);
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions jobOptions) {
        return cluster.persist(graph, jobOptions);
    }

    @Override
    public MemoryAccountant memory() {
        return cluster.memory();
    }

    /// Cancels all jobs and waits for their tasks, drops what is persisted, and removes spill files. Errors: INTERNAL if a
    /// block that was taken has not been released.
    @Override
    public void close() {
        cluster.close();
    }
}
