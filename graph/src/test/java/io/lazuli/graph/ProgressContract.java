package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.LongOperations.ConcatSlices;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.SplitByModulo;
import io.lazuli.graph.LongOperations.SumOf;
import io.lazuli.graph.TroubleOperations.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Progress counts every task and row, while a job runs and after it has ended.
abstract class ProgressContract extends EngineContractPart {
    ProgressContract(EngineContract contract) {
        super(contract);
    }

    @Test
    void theCountsOfAnEndedJobAreThoseOfItsGraph() {
        Layer numbers = layer(new Numbers(1000, 1), 4);
        Layer split = layer(new SplitByModulo(3), 4, new OneToOne(numbers.token()));
        Layer concat = layer(new ConcatSlices(), 3, new Exchange(split.token()));
        Layer sum = layer(new SumOf(), 1, new Broadcast(concat.token()));
        TaskGraph graph = graph(numbers, split, concat, sum);
        try (Job job = submit(engine(2), graph)) {
            assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
            JobProgress progress = job.progress();

            assertThat(progress.layers().stream().map(LayerProgress::label)).containsExactly("numbers", "split",
                    "concat", "sum");
            assertThat(progress.layers().stream().map(LayerProgress::taskCount)).containsExactly(4, 4, 3, 1);
            assertThat(progress.layers().stream().map(LayerProgress::finishedCount)).containsExactly(4, 4, 3, 1);
            assertThat(progress.layers().stream().map(LayerProgress::outputRows)).containsExactly(4000L, 4000L, 4000L,
                    1L);
            assertThat(progress.layers().stream().map(LayerProgress::outputBytes))
                    .containsExactly(32_000L, 32_000L, 32_000L, 8L);
            assertThat(progress.layers()).allSatisfy(layer -> {
                assertThat(layer.runningCount()).isZero();
                assertThat(layer.busy()).isPositive();
            });
            assertThat(progress.spilledBytes()).isZero();
        }
    }

    @Test
    void aRunningJobShowsWhatRuns() {
        Gate gate = new Gate(signals(), "gate");
        try (Job job = submitAndWaitForStart(engine(2), gate)) {
            LayerProgress layer = job.progress().layers().getFirst();
            assertThat(job.progress().state()).isEqualTo(State.RUNNING);
            assertThat(layer.taskCount()).isOne();
            assertThat(layer.runningCount()).isOne();
            assertThat(layer.finishedCount()).isZero();
            signals().give(gate.open());
            assertThat(take(job, 0)).containsExactly(1);
        }
    }

    @Test
    void timeStopsWhenTheJobEnds() {
        try (Job job = submit(engine(2), graph(layer(new Numbers(10, 1), 2)))) {
            Waiting.end(job);
            Duration elapsed = job.progress().elapsed();
            long later = System.nanoTime() + 5_000_000;
            Waiting.until("time has passed", () -> System.nanoTime() > later);
            assertThat(elapsed).isPositive();
            assertThat(job.progress().elapsed()).isEqualTo(elapsed);
        }
    }

    @Test
    void theSummaryOutlivesTheJob() {
        Job job = submit(engine(2), graph(layer(new Numbers(10, 1), 2)));
        takeAll(job);
        Waiting.end(job);
        JobProgress before = job.progress();
        job.close();
        assertThat(job.progress()).isEqualTo(before);
    }

    @Test
    void finishedCountsNeverFall() {
        try (Job job = submit(engine(4), TaskGraph.of(withTreeSum(layer(new Numbers(1000, 5), 500), 4)))) {
            int[] last = {0};
            Waiting.until("the job ends", () -> {
                JobProgress progress = job.progress();
                int finished = progress.layers().stream().mapToInt(LayerProgress::finishedCount).sum();
                assertThat(finished).isGreaterThanOrEqualTo(last[0]);
                assertThat(progress.layers()).allSatisfy(
                        layer -> assertThat(layer.runningCount() + layer.finishedCount())
                                .isLessThanOrEqualTo(layer.taskCount()));
                last[0] = finished;
                return progress.state() != State.RUNNING;
            });
            assertThat(last[0]).isEqualTo(500 + 125 + 32 + 8 + 2 + 1);
        }
    }
}
