package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it takes to pack an event.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EntriesBenchmark.COUNT)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx1g"})
public class EntriesBenchmark {
    static final int COUNT = 64;

    private final EventBuffer events = new EventBuffer();
    private final WorkerEventBuffer workerEvents = new WorkerEventBuffer();
    private final long[] packed = new long[COUNT * 6];

    @Benchmark
    public int append() {
        events.clear();
        for (int i = 0; i < COUNT; i++) {
            events.taskFinished(0, i, 1, 0, 24, 300, 0);
        }
        return events.size();
    }

    /// As from a thread's ring, all at once.
    @Benchmark
    public int appendPacked() {
        workerEvents.clear();
        workerEvents.addPacked(packed, 0, COUNT);
        return workerEvents.size();
    }
}
