package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.bag.Bag;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.pass.Passes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// What fusing the tasks of calls and bags changes on the real engine, and what it must not change.
class FusionTest {
    private static final JobOptions UNFUSED = JobOptions.DEFAULTS.withFusion(false);
    private static final DelayedFunction1<Integer, Integer> INC = Delayed.function((Integer i) -> i + 1).named("inc");

    private static Engine engine(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 24));
    }

    private static Delayed<Integer> chain(DelayedFunction1<Integer, Integer> function, int length) {
        Delayed<Integer> chain = function.call(0);
        for (int i = 1; i < length; i++) {
            chain = function.call(chain);
        }
        return chain;
    }

    /// Tasks that the engine has run for the graph.
    private static int tasksRun(Engine engine, TaskGraph graph, JobOptions options) {
        try (Job job = engine.submit(Passes.of(options).apply(graph), options)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                job.take(p).release();
            }
            return job.progress().layers().stream().mapToInt(LayerProgress::finishedCount).sum();
        }
    }

    @Test
    void fewerTasksRun() {
        List<Delayed<Integer>> chains = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            chains.add(chain(INC, 5));
        }
        TaskGraph graph = Delayed.functionOfAll((List<Integer> all) -> all.size()).call(chains).graph();
        try (Engine engine = engine(2)) {
            assertThat(tasksRun(engine, graph, UNFUSED)).isEqualTo(10 * 5 + 1 + 1);
            assertThat(tasksRun(engine, graph, JobOptions.DEFAULTS)).isEqualTo(10 + 1 + 1);
        }
    }

    @Test
    void aFusedChainKeepsItsPriority() {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        DelayedFunction1<Integer, Integer> call = Delayed.function((Integer i) -> {
            order.add(i < 100 ? "high" : "low");
            return i + 1;
        });
        List<Delayed<Integer>> wanted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            wanted.add(call.call(call.call(100)));
        }
        wanted.add(chain(call.annotated(Annotations.NONE.withPriority(5)), 3));
        try (Engine engine = engine(1)) {
            Delayed.computeAll(wanted, engine);
        }
        assertThat(order.subList(0, 3)).containsOnly("high");
        assertThat(order).hasSize(603);
    }

    @Test
    void aFusedChainKeepsWhatItNeeds() {
        var onGpu = INC.annotated(Annotations.NONE.withResources(Map.of("GPU", 1)));
        try (Engine engine = engine(2)) {
            assertThatThrownBy(() -> INC.call(chain(onGpu, 3)).compute(engine)).isInstanceOf(LazuliException.class)
                    .hasMessageContaining("resources {GPU=1}");
            assertThat(chain(INC, 3).compute(engine)).isEqualTo(3);
        }
    }

    @Test
    void aFailingStep_isNamedAmongMany() {
        Delayed<Integer> chain = chain(INC, 200);
        Delayed<Integer> broken = chain(INC, 3);
        broken = INC.call(Delayed.function((Integer i) -> i / 0).named("divide").call(broken));
        Delayed<Integer> sum = Delayed.function(Integer::sum).named("sum").call(chain, broken);
        try (Engine engine = engine(2)) {
            assertThatThrownBy(() -> sum.compute(engine)).isInstanceOf(LazuliException.class)
                    .hasMessageStartingWith("Operation inc > inc > (2 more) > inc failed in task")
                    .hasMessageContaining("Step 'divide' (4 of 5")
                    .hasCauseInstanceOf(ArithmeticException.class);
        }
    }

    @Property(tries = 60)
    void bags_giveTheSameFusedAndUnfused(
            @ForAll @Size(max = 50) List<Integer> values, @ForAll @IntRange(min = 1, max = 6) int count) {
        Bag<Integer> bag = Bag.from(values, count);
        Bag<Long> running = bag.repartition(count % 3 + 1).accumulate(0L, (sum, n) -> sum + n);
        Bag<Object> all = Bag.<Object>of().concat(running).concat(bag.distinct().map(n -> n + 1))
                .concat(bag.repartition(1).map(n -> -n).repartition(1));
        try (Engine engine = engine(2)) {
            assertThat(all.withEngine(engine).withOptions(UNFUSED).compute())
                    .isEqualTo(all.withEngine(engine).compute());
        }
    }

    @Property(tries = 60)
    void accumulate_goesOnFromPartitionToPartition(
            @ForAll @Size(max = 60) List<Integer> values, @ForAll @IntRange(min = 1, max = 9) int count) {
        List<String> expected = new ArrayList<>();
        String text = "";
        for (int value : values) {
            text += value;
            expected.add(text);
        }
        try (Engine engine = engine(2)) {
            Bag<String> running = Bag.from(values, count).withEngine(engine).accumulate("", (sum, n) -> sum + n);
            assertThat(running.compute()).isEqualTo(expected);
            assertThat(running.filter(s -> s.length() % 2 == 0).count().compute())
                    .isEqualTo(expected.stream().filter(s -> s.length() % 2 == 0).count());
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void accumulate_overManyPartitions_andWithRetries() {
        AtomicInteger failures = new AtomicInteger();
        try (Engine engine = engine(2)) {
            Bag<Long> sums = Bag.range(0, 100_000, 500).withEngine(engine).accumulate(0L, Long::sum);
            assertThat(sums.max(Long::compare).compute()).isEqualTo(99_999L * 100_000 / 2);
            Bag<Long> flaky = Bag.range(0, 100, 10).withEngine(engine).accumulate(0L, (sum, n) -> {
                if (n % 10 == 5 && failures.incrementAndGet() % 2 == 1) {
                    throw new IllegalStateException("not yet");
                }
                return sum + n;
            });
            assertThat(flaky.withOptions(JobOptions.DEFAULTS.withRetries(1)).compute()).hasSize(100).endsWith(4_950L);
            assertThat(failures).hasValue(20);
        }
    }
}
