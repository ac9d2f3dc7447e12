package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import io.lazuli.graph.pass.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a million separate calls cost until the engine has them, and that graphs of extreme shapes run.
@Timeout(300)
class MillionCallsTest {
    private static final int MILLION = 1_000_000;
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");
    private static final DelayedListFunction<Integer, Integer> SUM =
            Delayed.functionOfAll((List<Integer> all) -> all.stream().mapToInt(i -> i).sum()).named("sum");

    /// From the first call until the engine has admitted all of them, while a task that waits keeps it from running any.
    private record Admission(double seconds, double megabytes) {
        static Admission measure() throws InterruptedException {
            CountDownLatch free = new CountDownLatch(1);
            CountDownLatch busy = new CountDownLatch(1);
            try (Engine engine = engine(1)) {
                Job blocker = engine.submit(Delayed.function(() -> {
                    busy.countDown();
                    free.await();
                    return 0;
                }).call().graph(), JobOptions.DEFAULTS);
                busy.await();
                long before = usedBytes(engine);
                long start = System.nanoTime();
                List<Delayed<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < MILLION; i++) {
                    calls.add(INC.call(i));
                }
                Job job = engine.submit(optimized(Delayed.graphOfAll(calls)), JobOptions.DEFAULTS);
                double seconds = (System.nanoTime() - start) / 1e9;
                double megabytes = (usedBytes(engine) - before) / 1e6;
                job.cancel();
                free.countDown();
                blocker.close();
                assertThat(job.partitionCount()).isEqualTo(calls.size());
                return new Admission(seconds, megabytes);
            }
        }

        /// As a job does it whose calls are to be seen one by one.
        private static TaskGraph optimized(TaskGraph graph) {
            return Passes.of(JobOptions.DEFAULTS.withFusion(false)).apply(graph);
        }

        private static long usedBytes(Engine engine) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory() + engine.memory().reservedBytes();
        }
    }

    private static Engine engine(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
    }

    @Test
    void aMillionCalls_areBuiltAndAdmitted_withinTwiceTheBudget() throws InterruptedException {
        Admission admission = Admission.measure();
        assertThat(admission.seconds).isLessThan(2 * 2);
        assertThat(admission.megabytes).isLessThan(2 * 200);
    }

    @Test
    void sumTree_ofAHundredThousandCalls() {
        List<Delayed<Integer>> level = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            level.add(INC.call(i));
        }
        while (level.size() > 1) {
            List<Delayed<Integer>> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 16) {
                next.add(SUM.call(level.subList(i, Math.min(i + 16, level.size()))));
            }
            level = next;
        }
        try (Engine engine = engine(2)) {
            // 1 + 2 + ... + 100,000 as an int that has overflowed.
            assertThat(level.getFirst().compute(engine)).isEqualTo((int) (100_000L * 100_001 / 2));
        }
    }

    @Test
    void chain_ofAHundredThousandCalls() {
        Delayed<Integer> chain = Delayed.value(0);
        for (int i = 0; i < 100_000; i++) {
            chain = INC.call(chain);
        }
        try (Engine engine = engine(2)) {
            assertThat(chain.compute(engine)).isEqualTo(100_000);
        }
    }

    @Test
    void fanIn_ofAMillionCalls() {
        List<Delayed<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < MILLION; i++) {
            calls.add(INC.call(1));
        }
        try (Engine engine = engine(2)) {
            assertThat(SUM.call(calls).compute(engine)).isEqualTo(2 * MILLION);
        }
    }

    /// Prints what is measured, several times in one process: the first is cold.
    public static void main(String[] arguments) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.out.println(Admission.measure());
        }
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            new MillionCallsTest().sumTree_ofAHundredThousandCalls();
            System.out.printf("sum tree: %.3f s%n", (System.nanoTime() - start) / 1e9);
        }
        long start = System.nanoTime();
        new MillionCallsTest().chain_ofAHundredThousandCalls();
        System.out.printf("chain: %.3f s%n", (System.nanoTime() - start) / 1e9);
        start = System.nanoTime();
        new MillionCallsTest().fanIn_ofAMillionCalls();
        System.out.printf("fan-in: %.3f s%n", (System.nanoTime() - start) / 1e9);
    }
}
