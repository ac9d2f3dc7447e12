package io.lazuli.benchmarks;

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
import org.openjdk.jmh.annotations.Warmup;

/// What both cores take for a task together, wired as in the local engine and without its threads.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Shape.TASKS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx1g"})
public class BothCoresBenchmark {
    @Param
    public Shape shape = Shape.ONE_TO_ONE;

    private CorePair pair = new CorePair(CoreSetting.plan(Shape.ONE_TO_ONE), false);

    @Setup
    public void setUp() {
        pair = new CorePair(CoreSetting.plan(shape), false);
    }

    @Benchmark
    public long life() {
        return pair.run();
    }
}
