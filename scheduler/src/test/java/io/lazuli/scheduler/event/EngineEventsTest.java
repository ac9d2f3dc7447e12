package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.Mix;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EngineEventsTest {
    @TempDir
    Path directory;

    private LocalEngine engine(int threads, long bufferBytes, Path log) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(bufferBytes)
                .withSpillDirectory(directory)
                .withEventLog(log));
    }

    /// The same graph, with operations that fail now and then.
    private static TaskGraph unreliable(TaskGraph graph, double failureShare) {
        List<Layer> layers = graph.layers().stream()
                .map(layer -> new Layer(
                        layer.token(), new Unreliable((Mix) layer.operation(), failureShare), layer.partitionCount(),
                        layer.dependencies(), layer.label()))
                .toList();
        return new TaskGraph(Map.of(), layers, graph.output());
    }

    /// Without the elapsed time, of which job and events have different clocks.
    private static JobProgress timeless(JobProgress progress) {
        return new JobProgress(progress.state(), Duration.ZERO, progress.spilledBytes(), progress.layers());
    }

    private static void takeAll(Job job, Random random) {
        try {
            for (int p = 0; p < job.partitionCount(); p++) {
                if (random.nextInt(50) == 0) {
                    job.cancel();
                }
                job.take(p).release();
            }
        } catch (LazuliException e) {
            assertThat(job.progress().state()).isNotEqualTo(JobProgress.State.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void folded_liveOrReplayed_eventsSayWhatJobsSay(int threads) {
        Path file = directory.resolve("run.events");
        Map<Long, JobProgress> expected = new LinkedHashMap<>();
        ProgressView live = new ProgressView();
        TaskStream stream = new TaskStream(1_000_000);
        Random random = new Random(threads);
        try (LocalEngine engine = engine(threads, 60_000, file)) {
            EventSubscription progress = engine.events().subscribe(live, Delivery.LOSSLESS);
            engine.events().subscribe(stream, Delivery.LOSSLESS);
            for (int seed = 0; seed < 90; seed++) {
                TaskGraph graph = unreliable(Graphs.random(seed, 1_000), 0.03);
                Job job = engine.submit(graph, JobOptions.DEFAULTS.withName("seed " + seed).withRetries(seed % 3));
                takeAll(job, random);
                job.close();
                expected.put(job.id(), timeless(job.progress()));
            }
            Job cancelled = engine.submit(
                    TaskGraph.of(List.of(Graphs.layer("many", 50_000, 1))), JobOptions.DEFAULTS);
            cancelled.cancel();
            cancelled.close();
            expected.put(cancelled.id(), timeless(cancelled.progress()));
            progress.sync();
            assertThat(progress.droppedBlockCount()).isZero();
        }
        expected.forEach((id, said) -> assertThat(timeless(live.summary(id).orElseThrow().progress()))
                .as("job %d", id).isEqualTo(said));
        assertThat(expected.values()).extracting(JobProgress::state).contains(
                JobProgress.State.SUCCEEDED, JobProgress.State.FAILED, JobProgress.State.CANCELLED);
        assertThat(expected.values().stream().mapToLong(JobProgress::spilledBytes).sum()).isPositive();
        assertThat(live.summaries()).anyMatch(summary -> summary.retryCount() > 0);
        assertThat(live.summaries())
                .filteredOn(summary -> summary.progress().state() == JobProgress.State.FAILED)
                .allSatisfy(summary -> assertThat(summary.failure().orElseThrow()).contains("Bad luck"));

        ProgressView replayed = new ProgressView();
        TaskStream replayedStream = new TaskStream(1_000_000);
        Replay.Outcome outcome = Replay.of(file).to(replayed, replayedStream);
        assertThat(outcome.isComplete()).isTrue();
        assertThat(replayed.summaries()).isEqualTo(live.summaries());
        assertThat(replayedStream.spans()).isEqualTo(stream.spans()).isNotEmpty();
    }

    @Test
    void taskStream_namesThreadsAndLayers() {
        TaskStream stream = new TaskStream(50);
        TaskGraph graph = TaskGraph.of(List.of(Graphs.layer("leaves", 100, 1)));
        try (LocalEngine engine = engine(2, 1 << 26, directory.resolve("log"))) {
            engine.events().subscribe(stream, Delivery.LOSSLESS);
            try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
                for (int p = 0; p < job.partitionCount(); p++) {
                    job.take(p).release();
                }
            }
        }
        assertThat(stream.spans()).hasSize(50).allSatisfy(span -> {
            assertThat(span.layer()).isEqualTo("leaves");
            assertThat(span.thread()).isBetween(0, 1);
            assertThat(span.partition()).isBetween(0, 99);
            assertThat(span.startNanos()).isLessThanOrEqualTo(span.endNanos());
            assertThat(span.transition()).isEqualTo(TaskTransition.FINISHED);
        });
        for (int thread = 0; thread < 2; thread++) {
            int of = thread;
            assertThat(stream.spans().stream().filter(span -> span.thread() == of).map(TaskSpan::endNanos)).isSorted();
        }
    }

    @Test
    void lateViewer_hearsWhereRunningJobsAre() throws Exception {
        try (LocalEngine engine = engine(2, 1 << 26, directory.resolve("log"))) {
            Layer first = Graphs.layer("first", 40, 1);
            Job job = engine.submit(TaskGraph.of(List.of(first)), JobOptions.DEFAULTS.withName("early"));
            for (int p = 0; p < 40; p++) {
                while (job.progress().layers().getFirst().finishedCount() < 40) {
                    Thread.onSpinWait();
                }
            }
            ProgressView late = new ProgressView();
            EventSubscription subscription = engine.events().subscribe(late, Delivery.LOSSY);
            subscription.sync();
            assertThat(late.summary(job.id()).map(summary -> timeless(summary.progress())))
                    .contains(timeless(job.progress()));
            assertThat(late.summary(job.id()).orElseThrow().name()).isEqualTo("early");
            job.close();
        }
    }

    @Test
    void aStuckLog_holdsBackNewJobs_notProgressNorTheEnd() throws Exception {
        List<Thread> submitters = new ArrayList<>();
        CountDownLatch gate = new CountDownLatch(1);
        try (LocalEngine engine = engine(2, 1 << 26, directory.resolve("log"))) {
            engine.events().subscribe(block -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, Delivery.LOSSLESS);
            TaskGraph graph = TaskGraph.of(List.of(
                    Layer.of(new Mix(1, 1, 0, 0), 250_000, List.of(), "many")));
            Job job = engine.submit(graph, JobOptions.DEFAULTS);
            while (job.progress().state() == JobProgress.State.RUNNING) {
                Thread.sleep(10);
            }
            assertThat(job.progress().state()).as("what was admitted goes on").isEqualTo(JobProgress.State.SUCCEEDED);
            submitters.add(Thread.ofPlatform().start(() -> engine.submit(graph, JobOptions.DEFAULTS).close()));
            assertThat(submitters.getFirst().join(Duration.ofMillis(200))).as("8 MiB wait for the log").isFalse();
            gate.countDown();
            submitters.getFirst().join();
            job.close();
        }
    }
}
