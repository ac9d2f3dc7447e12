package io.lazuli.benchmarks;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.event.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What the local engine takes for a task from the submission of a job until its results are taken, on the clock: more threads
/// make it less. If it is observed, a subscriber reads every event and a log is written; at the end, it must have seen four transitions
/// of each task.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Shape.TASKS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx2g", "--enable-native-access=ALL-UNNAMED"})
public class EngineBenchmark {
    @Param({"ONE_TO_ONE", "TREE_16", "CALLS", "CHAIN", "FAN_IN"})
    public Shape shape = Shape.ONE_TO_ONE;

    @Param({"1", "2"})
    public int threads = 1;

    @Param({"false", "true"})
    public boolean isObserved;

    private TaskGraph graph = Shape.FAN_IN.graph();
    private EngineOptions options = EngineOptions.defaults();
    private LocalEngine engine = LocalEngine.open(options);
    private final TransitionCounter counter = new TransitionCounter();
    private long jobCount;

    @Setup
    public void setUp() throws IOException {
        engine.close();
        graph = shape.graph();
        options = EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26);
        if (isObserved) {
            options = options.withEventLog(Files.createTempFile("lazuli", ".log"));
        }
        engine = LocalEngine.open(options);
        if (isObserved) {
            engine.events().subscribe(counter, Delivery.LOSSLESS);
        }
    }

    @Benchmark
    public long job() {
        jobCount++;
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                job.take(p).release();
            }
            return job.id();
        }
    }

    @TearDown
    public void close() throws IOException {
        engine.close();
        if (isObserved) {
            Files.delete(options.eventLog().orElseThrow());
            long expected = 4 * jobCount * graph.taskCount();
            if (counter.count() != expected) {
                throw new IllegalStateException(
                        "heard of %,d transitions, of %,d expected".formatted(counter.count(), expected));
            }
        }
    }
}
