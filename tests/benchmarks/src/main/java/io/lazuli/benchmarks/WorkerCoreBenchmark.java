package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a worker's core takes for a task: leased, started, finished, released. The scheduler is a script.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Shape.TASKS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx1g"})
public class WorkerCoreBenchmark {
    private static final int EPOCH = 0;

    /// Tasks of a lease.
    @Param({"1", "50"})
    public int lease = 50;

    private final JobPlan plan = CoreSetting.plan(Shape.CALLS);
    private final WorkerCore core = new WorkerCore(WorkerOptions.local(0, 1));
    private final WorkerEventBuffer in = new WorkerEventBuffer();
    private final WorkerEffectBuffer out = new WorkerEffectBuffer();
    private long job;
    private long now;
    private int attempt;

    @Benchmark
    public int life() {
        attempt = attempt + 1 & 0x7fff;
        in.jobAnnounced(EPOCH, ++job, 0, plan);
        for (int task = 0; task + lease <= Shape.TASKS; task += lease) {
            in.threadIdle(0);
            in.tasksLeased(EPOCH, job, 0, task, lease, attempt, false);
            tell();
            for (int t = task; t < task + lease; t++) {
                in.taskFinished(t, attempt, 0, 24, 300, 0);
            }
            in.resultsReleased(EPOCH, task, lease, attempt);
        }
        in.jobForgotten(EPOCH, job);
        tell();
        return core.taskCount();
    }

    private void tell() {
        core.on(in, now += 1000, out);
        in.clear();
        out.clear();
    }
}
