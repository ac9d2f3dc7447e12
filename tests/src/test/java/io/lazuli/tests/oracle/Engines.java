package io.lazuli.tests.oracle;

import io.lazuli.graph.Engine;
import io.lazuli.scheduler.Cluster;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.util.List;
import java.util.stream.Stream;

/// Engines that answer: of one, two and four threads, one whose graphs go through bytes, and one with so little memory that big
/// tables must be spilled.
final class Engines implements AutoCloseable {
    private static final long ROOMY_BYTES = 128L << 20;
    private static final long TIGHT_BYTES = 8L << 20;

    /// An engine, and how the coverage table calls it.
    record Named(String name, Engine engine) {}

    private final List<Named> roomy;
    private final Named tight;

    private Engines(List<Named> roomy, Named tight) {
        this.roomy = roomy;
        this.tight = tight;
    }

    static Engines local() {
        return new Engines(
                List.of(
                        open(1, ROOMY_BYTES), open(2, ROOMY_BYTES), throughBytes(open(3, ROOMY_BYTES)),
                        open(4, ROOMY_BYTES)),
                open(2, TIGHT_BYTES));
    }

    /// One cluster of worker processes, with a thread each.
    static Engines processes(int workers) {
        Named cluster = new Named(
                workers + " processes",
                Cluster.processes(
                        workers, EngineOptions.defaults().withThreads(workers).withBufferBytes(ROOMY_BYTES)));
        return new Engines(List.of(cluster), cluster);
    }

    private static Named open(int threads, long bytes) {
        String name = bytes == TIGHT_BYTES ? "8 MiB" : threads == 1 ? "1 thread" : threads + " threads";
        return new Named(name, LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(bytes)));
    }

    private static Named throughBytes(Named named) {
        return new Named("through bytes", new ThroughBytes(named.engine()));
    }

    /// The one that writes the files of tables.
    Engine writer() {
        return roomy.getLast().engine();
    }

    /// @param isBig whether the tables are so big that the one with little memory is of interest
    Named draw(Choices choices, boolean isBig) {
        return isBig && choices.chance(60) ? tight : choices.oneOf(roomy);
    }

    /// Errors: AssertionError if an engine holds memory between two cases.
    void checkNothingHeld() {
        for (Named named : Stream.concat(roomy.stream(), Stream.of(tight)).toList()) {
            long bytes = named.engine().memory().reservedBytes();
            if (bytes != 0) {
                throw new AssertionError("the engine with " + named.name() + " holds " + bytes + " bytes");
            }
        }
    }

    @Override
    public void close() {
        Stream.concat(roomy.stream(), Stream.of(tight)).map(Named::engine).distinct().forEach(Engine::close);
    }
}
