package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.future.Futures;
import io.lazuli.graph.future.TaskFuture;
import io.lazuli.graph.memory.MemoryAccountant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future.State;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Futures in numbers, on the real engine.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyFuturesTest {
    private static final int MANY = 100_000;
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");

    /// The real engine, which counts the jobs that are given to it.
    private record CountingEngine(Engine engine, AtomicInteger jobs) implements Engine {
        static CountingEngine open(int threads) {
            Engine engine = LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
            return new CountingEngine(engine, new AtomicInteger());
        }

        @Override
        public Job submit(TaskGraph graph, JobOptions options) {
            jobs.incrementAndGet();
            return engine.submit(graph, options);
        }

        @Override
        public Persisted persist(TaskGraph graph, JobOptions options, Consumer<Job> started) {
            return engine.persist(graph, options, started);
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

    @Test
    void map_isOneJob() {
        try (CountingEngine engine = CountingEngine.open(2); Futures futures = Futures.over(engine)) {
            List<TaskFuture<Integer>> mapped = futures.map(INC, IntStream.range(0, MANY).boxed().toList());
            int sum = 0;
            for (TaskFuture<Integer> done : Futures.asCompleted(mapped)) {
                sum += done.resultNow() - 1;
            }
            assertThat(sum).isEqualTo((int) ((long) MANY * (MANY - 1) / 2));
            assertThat(engine.jobs.get()).isEqualTo(1);
        }
    }

    @Test
    void map_whoseJobFails_isolatesTheCulprit() {
        try (CountingEngine engine = CountingEngine.open(2); Futures futures = Futures.over(engine)) {
            var hungry = Delayed.function((Integer i) -> {
                if (i == 700) {
                    throw new OutOfMemoryError("of the test");
                }
                return i;
            }).named("hungry");
            List<TaskFuture<Integer>> mapped = futures.map(hungry, IntStream.range(0, 1_000).boxed().toList());
            Futures.awaitAll(mapped);
            assertThat(mapped).filteredOn(future -> future.state() == State.SUCCESS).hasSize(999);
            assertThatThrownBy(mapped.get(700)::result).hasRootCauseInstanceOf(OutOfMemoryError.class);
            assertThat(engine.jobs.get()).isLessThan(100);
        }
    }

    @Test
    void droppedFutures_leaveNothingBehind() {
        DelayedFunction1<Integer, byte[]> megabyte = Delayed.function((Integer i) -> new byte[1 << 20]);
        try (Engine engine = CountingEngine.open(2); Futures futures = Futures.over(engine)) {
            for (int i = 0; i < 4_000; i++) {
                TaskFuture<byte[]> future = futures.submit(megabyte, i);
                if (i % 50 == 0) {
                    assertThat(future.result()).hasSize(1 << 20);
                }
            }
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void cancelledAtAnyMoment_everyFutureEnds() {
        Random random = new Random(42);
        try (Engine engine = CountingEngine.open(2); Futures futures = Futures.over(engine)) {
            for (int round = 0; round < 300; round++) {
                List<TaskFuture<Integer>> all = new ArrayList<>(futures.map(INC, List.of(1, 2, 3, 4, 5, 6, 7, 8)));
                for (int i = 0; i < 8; i++) {
                    all.add(futures.submit(INC.call(all.get(random.nextInt(all.size())).delayed())));
                }
                int cancelled = random.nextInt(all.size());
                all.get(cancelled).cancel(false);
                Futures.awaitAll(all);
                assertThat(all).as("round %d", round).allMatch(future -> future.state() != State.FAILED);
                all.get(cancelled).retry();
                Futures.awaitAll(all);
            }
        }
    }

    /// Prints how long it takes to submit and gather futures of one call each, and mapped ones.
    public static void main(String[] arguments) {
        try (Engine engine = CountingEngine.open(2); Futures futures = Futures.over(engine)) {
            for (int round = 0; round < 6; round++) {
                List<Integer> items = IntStream.range(0, MANY).boxed().toList();
                long start = System.nanoTime();
                Futures.gather(futures.map(INC, items));
                long mapped = System.nanoTime();
                Futures.gather(items.stream().map(item -> futures.submit(INC, item)).toList());
                long submitted = System.nanoTime();
                System.out.printf("map: %.0f ns a task, submit: %.0f ns a task%n",
                        (double) (mapped - start) / MANY, (double) (submitted - mapped) / MANY);
            }
        }
    }
}
