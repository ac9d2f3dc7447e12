package io.lazuli.benchmarks;

import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What the scheduler's core takes for a lost result until it is there again. One in ten of 45,000 is lost, which a shuffle is
/// about to read.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RecoveryBenchmark.LOST)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = {"-XX:+UseParallelGC", "-Xmx1g"})
public class RecoveryBenchmark {
    static final int LOST = 4_500;
    private static final int EACH = 10;

    private final JobPlan plan = CoreSetting.plan(Shape.EXCHANGE);
    private final InstantWorker worker = new InstantWorker();

    @Setup(Level.Invocation)
    public void makeResults() {
        worker.submit(plan);
        finish(LOST * EACH);
    }

    @Benchmark
    public long lostResult() {
        worker.lose(LOST, EACH);
        finish(LOST);
        return worker.core.recomputedCount();
    }

    @TearDown(Level.Invocation)
    public void cancel() {
        worker.cancel();
    }

    private void finish(int count) {
        long goal = worker.finishedCount() + count;
        while (worker.finishedCount() < goal) {
            worker.finishSome();
        }
    }
}
