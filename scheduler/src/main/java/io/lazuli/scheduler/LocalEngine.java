package io.lazuli.scheduler;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.event.EventStream;
import io.lazuli.scheduler.internal.local.LocalCluster;
import java.util.function.Consumer;

/// An engine on threads of this process. Results larger than its memory go to disk and are read from there.
///
/// ```java
/// try (Engine engine = LocalEngine.open(EngineOptions.defaults().withThreads(4))) {
///     ...
/// }
/// ```
public final class LocalEngine implements ObservableEngine {
    private final EngineOptions options;
    private final LocalCluster cluster;
    private final Observers observers;

    private LocalEngine(EngineOptions options) {
        this.options = options;
        this.cluster = LocalCluster.open(
                options.threads(), options.bufferBytes(),
                options.store());
        try {
            this.observers = Observers.of(options, events());
        } catch (Throwable e) {
            cluster.close();
            throw e;
        }
    }

    /// Ownership: the caller closes it. Errors: RESOURCE if the event log cannot be written; USER if it is to be shown, and nothing on the
    /// class path can do that.
    public static LocalEngine open(EngineOptions options) {
        return new LocalEngine(options);
    }

    public EngineOptions options() {
        return options;
    }

    @Override
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
        try {
            cluster.close();
        } finally {
            observers.close();
        }
    }
}
