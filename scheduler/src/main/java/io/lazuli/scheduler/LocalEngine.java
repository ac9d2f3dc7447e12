package io.lazuli.scheduler;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventLog;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.local.LocalCluster;
import io.lazuli.scheduler.internal.store.StoreOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

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
        options.eventLog().ifPresent(this::log);
    }

    private void log(Path file) {
        try {
            events().subscribe(EventLog.create(file, events().opened()), Delivery.LOSSLESS);
        } catch (LazuliException e) {
            close();
            throw e;
        }
    }

    /// Ownership: the caller closes it. Errors: RESOURCE if the event log cannot be written.
    public static LocalEngine open(EngineOptions options) {
        return new LocalEngine(options);
    }

    public EngineOptions options() {
        return options;
    }

    /// What happens in this engine, for progress bars, dashboards and logs.
    public EventStream events() {
        return cluster.events();
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions jobOptions) {
        return cluster.submit(graph, jobOptions);
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions jobOptions, Consumer<Job> started) {
        return cluster.persist(graph, jobOptions, started);
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
