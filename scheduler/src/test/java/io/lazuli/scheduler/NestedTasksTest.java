package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Engine;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import io.lazuli.graph.future.Futures;
import io.lazuli.graph.future.TaskFuture;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that submit and wait, on the engine that runs them, nested deeper than it has threads.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NestedTasksTest {
    private static final DelayedListFunction<Long, Long> SUM =
            Delayed.functionOfAll((List<Long> all) -> all.stream().mapToLong(i -> i).sum());

    private static Engine engine(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 26));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void deepCompute(int threads) {
        try (Engine engine = engine(threads)) {
            assertThat(depth(engine, 60).compute(engine)).isEqualTo(60);
        }
    }

    private static Delayed<Integer> depth(Engine engine, int left) {
        return Delayed.function(() -> left == 0 ? 0 : 1 + depth(engine, left - 1).compute(engine)).call();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void wideAndDeepCompute(int threads) {
        try (Engine engine = engine(threads)) {
            assertThat(fibonacci(engine, 12).compute(engine)).isEqualTo(144);
        }
    }

    private static Delayed<Long> fibonacci(Engine engine, int n) {
        return Delayed.function(() -> n < 2
                ? n
                : SUM.call(List.of(fibonacci(engine, n - 1), fibonacci(engine, n - 2))).compute(engine)).call();
    }

    /// The one thread runs the inner task while the outer waits: that is the inner one's time.
    @Test
    void whatATaskWaitsFor_isNotItsOwnTime() {
        ProgressView view = new ProgressView();
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(1))) {
            engine.events().subscribe(view, Delivery.LOSSLESS);
            Delayed<Integer> inner = Delayed.function(() -> sleep(700)).call();
            Delayed<Integer> outer = Delayed.function(() -> inner.compute(engine) + sleep(250)).call();
            JobOptions options = JobOptions.DEFAULTS.withName("outer").withTimeout(Duration.ofMillis(500));
            assertThat(outer.compute(engine, options)).isEqualTo(950);
        }
        JobSummary summary = view.summaries().getFirst();
        assertThat(summary.progress().layers().getFirst().busy())
                .isBetween(Duration.ofMillis(250), Duration.ofMillis(600));
    }

    private static int sleep(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return millis;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void calls_thatGoOnAsOthers(int threads) {
        try (Engine engine = engine(threads)) {
            assertThat(unfoldedFibonacci(12).compute(engine)).isEqualTo(144);
            List<Delayed<Long>> several = IntStream.range(0, 9).mapToObj(NestedTasksTest::unfoldedFibonacci).toList();
            assertThat(Delayed.computeAll(several, engine)).containsExactly(0L, 1L, 1L, 2L, 3L, 5L, 8L, 13L, 21L);
            assertThat(countDown(300).compute(engine)).isZero();
            Delayed<Long> none = Delayed.flatten(Delayed.function(() -> Delayed.<Long>value(null)).call());
            assertThat(none.compute(engine)).isNull();
        }
    }

    private static Delayed<Long> unfoldedFibonacci(int n) {
        return Delayed.flatten(Delayed.function(() -> n < 2
                ? Delayed.value((long) n)
                : SUM.call(List.of(unfoldedFibonacci(n - 1), unfoldedFibonacci(n - 2)))).call());
    }

    /// Each call goes on as the next.
    private static Delayed<Integer> countDown(int from) {
        return Delayed
                .flatten(Delayed.function((Integer n) -> n == 0 ? Delayed.value(0) : countDown(n - 1)).call(from));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void futuresInTasks(int threads) {
        try (Engine engine = engine(threads); Futures futures = Futures.over(engine)) {
            TaskFuture<Long> all = futures.submit(tree(futures, 4));
            assertThat(all.result()).isEqualTo(5L * 5 * 5 * 5);
        }
    }

    /// A function that maps itself over five items, waits for them in the order in which they are done, and sums up.
    private static Delayed<Long> tree(Futures futures, int depth) {
        return Delayed.function(() -> {
            if (depth == 0) {
                return 1L;
            }
            List<TaskFuture<Long>> branches =
                    IntStream.range(0, 5).mapToObj(_ -> futures.submit(tree(futures, depth - 1))).toList();
            long sum = 0;
            for (TaskFuture<Long> branch : Futures.asCompleted(branches)) {
                sum += branch.resultNow();
            }
            return sum;
        }).call();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void chainsOfFuturesInTasks(int threads) {
        DelayedFunction1<Integer, Integer> inc = Delayed.function((Integer i) -> i + 1);
        try (Engine engine = engine(threads); Futures futures = Futures.over(engine)) {
            List<TaskFuture<Integer>> outer = futures.map(Delayed.function((Integer start) -> {
                TaskFuture<Integer> last = futures.submit(inc, start);
                for (int i = 1; i < 50; i++) {
                    last = futures.submit(inc.call(last.delayed()));
                }
                return last.get();
            }), List.of(0, 100, 200, 300));
            assertThat(Futures.gather(outer)).containsExactly(50, 150, 250, 350);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyChains_startedByTheEndOfOthers(int threads) {
        DelayedFunction1<Integer, Integer> inc = Delayed.function((Integer i) -> i + 1);
        try (Engine engine = engine(threads); Futures futures = Futures.over(engine)) {
            List<TaskFuture<Integer>> last = futures.map(inc, IntStream.range(0, 300).boxed().toList());
            for (int i = 1; i < 10; i++) {
                List<TaskFuture<Integer>> next = new ArrayList<>();
                last.forEach(future -> next.add(futures.submit(inc.call(future.delayed()))));
                last = next;
            }
            assertThat(Futures.gather(last)).isEqualTo(IntStream.range(10, 310).boxed().toList());
        }
    }
}
