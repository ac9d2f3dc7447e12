package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.delayed.DelayedFunction1;
import io.lazuli.graph.delayed.DelayedListFunction;
import io.lazuli.graph.pass.Passes;
import io.lazuli.graph.memory.Block;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tasks that return graphs, and tasks that submit jobs and wait, as the events of a real engine tell of them.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InnerWorkTest {
    private static final DelayedListFunction<Integer, Integer> SUM =
            Delayed.functionOfAll((List<Integer> all) -> all.stream().mapToInt(i -> i).sum()).named("sum");
    private static final DelayedFunction1<Integer, Integer> DOUBLE =
            Delayed.function((Integer i) -> 2 * i).named("double");

    @TempDir
    Path directory;

    /// The sum of the doubles of the numbers below `n`.
    private static Delayed<Integer> doubles(int n) {
        return SUM.call(IntStream.range(0, n).mapToObj(DOUBLE::call).toList());
    }

    private JobSummary run(int threads, ProgressView view, TaskGraph graph, Engine[] slot) {
        Path log = directory.resolve("log" + threads);
        long id;
        try (LocalEngine engine = LocalEngine.open(EngineOptions.defaults().withThreads(threads).withEventLog(log))) {
            slot[0] = engine;
            engine.events().subscribe(view, Delivery.LOSSLESS);
            try (Job job = engine.submit(graph, JobOptions.DEFAULTS.withName("outer"))) {
                Block block = job.take(0);
                assertThat(block.value()).isEqualTo(60);
                block.release();
                id = job.id();
            }
        }
        ProgressView replayed = new ProgressView();
        Replay.of(log).to(replayed);
        assertThat(replayed.summaries()).isEqualTo(view.summaries()).singleElement();
        return view.summary(id).orElseThrow();
    }

    private static void assertIsWhole(JobSummary summary, int innerJobs, int innerTasks) {
        assertThat(summary.progress().state()).isEqualTo(JobProgress.State.SUCCEEDED);
        assertThat(summary.innerJobCount()).isEqualTo(innerJobs);
        int own = summary.progress().layers().stream().mapToInt(LayerProgress::taskCount).sum();
        assertThat(summary.taskCount()).isEqualTo(own + innerTasks).isEqualTo(summary.finishedCount());
        assertThat(summary.inner()).allSatisfy(layer -> {
            assertThat(layer.busy()).isPositive();
            assertThat(layer.runningCount()).isZero();
            assertThat(layer.finishedCount()).isEqualTo(layer.taskCount());
        });
        assertThat(summary.inner().stream().max(Comparator.comparing(LayerProgress::taskCount)).orElseThrow().label())
                .contains("double");
        assertThat(summary.toString()).contains(innerJobs + " jobs within").contains("within: ");
    }

    /// 60 = 2 * (0 + 1 + 3 + 6 + 10 + 10).
    private static final List<Integer> SIZES = List.of(1, 2, 3, 4, 5, 5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void returnedGraphs_areToldWithTheJobOfTheirTasks(int threads) {
        Delayed<Integer> outer = SUM.call(SIZES.stream()
                .map(n -> Delayed.flatten(Delayed.function((Integer size) -> doubles(size)).call(n))).toList());
        JobSummary summary = run(threads, new ProgressView(), outer.graph(), new Engine[1]);
        assertIsWhole(summary, SIZES.size(), SIZES.stream().mapToInt(n -> doubles(n).graph().taskCount()).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void submittedJobs_areToldWithTheJobOfTheirTasks(int threads) {
        Engine[] slot = new Engine[1];
        Delayed<Integer> outer = SUM.call(SIZES.stream()
                .map(n -> Delayed.function((Integer size) -> doubles(size).compute(slot[0])).call(n)).toList());
        JobSummary summary = run(threads, new ProgressView(), outer.graph(), slot);
        assertIsWhole(summary, SIZES.size(), SIZES.stream()
                .mapToInt(n -> Passes.standard().apply(doubles(n).graph()).taskCount())
                .sum());
    }
}
