package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.JobPlan;
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

/// What the scheduler's core takes for a task, without threads: admitted, leased, finished, its inputs released.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Shape.TASKS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx1g"})
public class SchedulerCoreBenchmark {
    @Param
    public Shape shape = Shape.ONE_TO_ONE;

    private JobPlan plan = CoreSetting.plan(Shape.ONE_TO_ONE);
    private InstantWorker worker = new InstantWorker();

    @Setup
    public void setUp() {
        plan = CoreSetting.plan(shape);
        worker = new InstantWorker();
    }

    /// The whole life of a job.
    @Benchmark
    public long life() {
        return worker.run(plan);
    }

    /// Admission, and the end of a job of which nothing has run.
    @Benchmark
    public long admission() {
        worker.submit(plan);
        worker.cancel();
        return worker.core.transitionCount();
    }
}
