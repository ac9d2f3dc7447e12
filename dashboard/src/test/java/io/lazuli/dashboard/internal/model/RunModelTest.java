package io.lazuli.dashboard.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Token;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.event.Delivery;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventSubscription;
import io.lazuli.scheduler.event.JobDescription;
import io.lazuli.scheduler.event.JobSummary;
import io.lazuli.scheduler.event.ProgressView;
import io.lazuli.scheduler.event.WorkerDescription;
import io.lazuli.scheduler.internal.core.LayerCounts;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunModelTest {
    private final RunModel model = new RunModel();
    private final TransitionBuffer buffer = new TransitionBuffer();
    private final Map<Long, JobDescription> described = new java.util.HashMap<>();
    private long sequence;

    RunModelTest() {
        buffer.open(0);
    }

    private void submit(long id, int firstTask, int tasks) {
        var layer = new JobDescription.LayerDescription(new Token(id, 0), "layer", 0, tasks, false, List.of());
        described.put(id, new JobDescription(id, TransitionBuffer.NONE, "job " + id, 0, List.of(layer)));
        buffer.jobSubmitted(id, firstTask, TransitionBuffer.NONE);
    }

    private void tell() {
        model.accept(new EventBlock(++sequence, buffer.take(), described, Map.of()));
        described.clear();
    }

    private void forget(long id) {
        model.accept(new EventBlock(++sequence, new long[] {TransitionBuffer.JOB_FORGOTTEN, id}, Map.of(), Map.of()));
    }

    @Test
    void severalWorkers_comeAndGo_withSamplesOfTheirOwn() {
        buffer.at(5);
        for (int worker = 0; worker < 3; worker++) {
            buffer.workerJoined(worker, worker + 1);
            buffer.workerSampled(worker, 1_500, 1, 10 + worker, 100, 20, 200, -1, -1, 0);
        }
        buffer.at(9);
        buffer.workerLeft(1);
        tell();
        assertThat(model.workers()).extracting(WorkerView::threadCount).containsExactly(1, 2, 3);
        assertThat(model.workers()).extracting(WorkerView::isPresent).containsExactly(true, false, true);
        assertThat(model.workers()).extracting(WorkerView::seenNanos).containsExactly(5L, 9L, 5L);
        assertThat(model.samplesAfter(0)).extracting(sample -> sample.sample().reservedBytes()).containsExactly(10L,
                11L, 12L);
        assertThat(model.samplesAfter(2)).extracting(WorkerRecord.Sample::worker).containsExactly(2);
    }

    @Test
    void aLostWorker_isAStory() {
        buffer.at(5);
        buffer.workerJoined(0, 1);
        buffer.workerJoined(1, 1);
        buffer.workerLeft(0);
        buffer.workerLeft(1);
        WorkerDescription description = new WorkerDescription("worker-1", "host", 17);
        model.accept(new EventBlock(
                1, buffer.take(), Map.of(), Map.of(), Map.of(1, description),
                Map.of(1, "it was not heard of for 60 s"), Map.of()));
        assertThat(model.failuresAfter(0)).extracting(Failure::kind).containsExactly("worker", "worker");
        assertThat(model.failuresAfter(0)).extracting(Failure::message).containsExactly(
                """
                worker 0 was lost.
                It had 0 tasks in hand, which go to others, and held 0 results, which are made again.""",
                """
                worker-1 (process 17 on host) was lost: it was not heard of for 60 s.
                It had 0 tasks in hand, which go to others, and held 0 results, which are made again.""");
        assertThat(model.workers()).extracting(WorkerView::name).containsExactly("worker 0", "worker-1");
        assertThat(model.workers()).extracting(WorkerView::departure)
                .containsExactly(Optional.empty(), Optional.of("it was not heard of for 60 s"));
    }

    @Test
    void aWorkerThatLeftInAGap_isNotThere_andOneThatStayedIs() {
        buffer.at(5);
        buffer.workerJoined(0, 1);
        buffer.workerJoined(1, 1);
        tell();
        buffer.at(90);
        buffer.gap(3, 30);
        buffer.workerJoined(1, 1);
        tell();
        assertThat(model.workers()).extracting(WorkerView::isPresent).containsExactly(false, true);
        assertThat(model.workers()).extracting(WorkerView::joinedNanos).containsExactly(5L, 5L);
    }

    @Test
    void samplesAndJobs_areBounded() {
        for (long id = 1; id <= 5_000; id++) {
            submit(id, 0, 3);
            buffer.jobFinished(id, JobProgress.State.SUCCEEDED);
            buffer.workerSampled(0, 0, 0, id, 0, 0, 0, 0, 0, 0);
            tell();
            forget(id);
        }
        assertThat(model.jobs(0)).hasSize(100).last().extracting(JobView::id).isEqualTo(5_000L);
        assertThat(model.samplesAfter(0)).hasSize(300).last().extracting(s -> s.sample().reservedBytes())
                .isEqualTo(5_000L);
        assertThat(model.totals().jobs()).isEqualTo(5_000);
        assertThat(model.totals().succeededJobs()).isEqualTo(5_000);
    }

    /// What went during a gap is not shown as if it ran; what goes on is where it is said to be.
    @Test
    void afterAGap_livingJobsAreWhereTheyAre() {
        submit(1, 0, 10);
        submit(2, 10, 10);
        tell();
        buffer.gap(7, 700);
        submit(2, 10, 10);
        buffer.layerCounted(2, 0, new LayerCounts("layer", 10, 1, 6, 50, 60, 70));
        tell();
        assertThat(model.totals().droppedBlocks()).isEqualTo(7);
        assertThat(model.jobs(0)).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(2);
            assertThat(job.summary().finishedCount()).isEqualTo(6);
        });
        forget(2);
        assertThat(model.jobs(0)).hasSize(1);
    }

    @Test
    void counts_areThoseOfTheProgress_whateverHappens() {
        ProgressView progress = new ProgressView();
        Random random = new Random(7);
        try (LocalEngine engine =
                LocalEngine.open(EngineOptions.defaults().withThreads(3).withBufferBytes(1 << 24))) {
            EventSubscription first = engine.events().subscribe(model, Delivery.LOSSLESS);
            EventSubscription second = engine.events().subscribe(progress, Delivery.LOSSLESS);
            for (int job = 0; job < 30; job++) {
                run(engine, random.nextInt(1, 400), random.nextInt(40) == 0 ? 3 : 97);
            }
            first.sync();
            second.sync();
            assertThat(first.failure()).isEmpty();
        }
        assertThat(model.jobs(model.nanos())).extracting(JobView::summary)
                .containsExactlyElementsOf(progress.summaries());
        long finished = progress.summaries().stream().mapToLong(JobSummary::finishedCount).sum();
        assertThat(model.totals().finishedTasks()).isGreaterThanOrEqualTo(finished).isPositive();
        assertThat(model.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.leasedCount()).isZero();
            assertThat(worker.endedCount()).isEqualTo(model.spanCount());
        });
        assertThat(model.isClosed()).isTrue();
    }

    /// Some calls fail at first, and some for good.
    private static void run(LocalEngine engine, int count, int luck) {
        var call = Delayed.function((Integer i) -> {
            if (i % luck == luck - 1 && System.nanoTime() % 3 != 0) {
                throw new IllegalStateException("no luck");
            }
            return i;
        });
        var sum = Delayed.functionOfAll((List<Integer> values) -> values.size());
        List<Delayed<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call.call(i));
        }
        try {
            sum.call(calls).compute(engine, JobOptions.DEFAULTS.withFusion(false).withRetries(2));
        } catch (LazuliException e) {
            assertThat(e).hasMessageContaining("no luck");
        }
    }
}
