package io.lazuli.tests.oracle;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.codec.ValueCodec;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.scheduler.internal.code.AllowedClasses;
import java.util.Objects;
import java.util.function.Consumer;

/// An engine whose graphs are written as bytes and read again before they run, as if they came from another process.
public record ThroughBytes(Engine engine) implements Engine {
    private static final ValueCodec CODEC = ValueCodec.of(
            ThroughBytes.class.getClassLoader(), new AllowedClasses(_ -> false));

    private static TaskGraph copy(TaskGraph graph) {
        return (TaskGraph) Objects.requireNonNull(CODEC.decode(CODEC.encode(graph)));
    }

    @Override
    public Job submit(TaskGraph graph, JobOptions options) {
        return engine.submit(copy(graph), options);
    }

    @Override
    public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
        return engine.persist(copy(graph), options, started);
    }

    @Override
    public MemoryAccountant memory() {
        return engine.memory();
    }

    @Override
    public void close() {
        engine.close();
    }
}
