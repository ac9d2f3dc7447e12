package io.lazuli.scheduler.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress.LayerProgress;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.Graphs;
import io.lazuli.scheduler.LocalEngine;
import io.lazuli.scheduler.Mix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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

    /// Without the elapsed time, of which job and events have different clocks, and what only the job knows of its tasks.
    private static JobProgress timeless(JobProgress progress) {
        List<LayerProgress> layers = progress.layers().stream()
                .map(layer -> new LayerProgress(
                        layer.label(), layer.taskCount(), layer.runningCount(), layer.finishedCount(), layer.busy(),
                        layer.outputRows(), layer.outputBytes()))
                .toList();
        return new JobProgress(progress.state(), Duration.ZERO, progress.spilledBytes(), layers);
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
        long seen = stream.seenCount();
        assertThat(stream.spans(0, seen)).isEqualTo(stream.spans());
        assertThat(stream.spans(seen - 7, seen - 2)).isEqualTo(stream.spans().subList(43, 48));
        assertThat(stream.spans(seen, seen + 9)).isEmpty();
        assertThat(stream.spans(0, seen - 50)).isEmpty();
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
            assertThat(late.summary(job.id()).orElseThrow().progress().elapsed())
                    .as("since it was submitted, not since it was heard of")
                    .isCloseTo(job.progress().elapsed(), Duration.ofMillis(20));
            job.close();
        }
    }

    @Test
    void aLogWhoseDiskIsFull_saysSoOnce_andJobsGoOn() throws Exception {
        Logger logger = Logger.getLogger("io.lazuli.scheduler.event");
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(entry.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        Path path = directory.resolve("full");
        TaskGraph graph = TaskGraph.of(List.of(Graphs.layer("many", 2_000, 1)));
        try (LocalEngine engine = engine(2, 1 << 26, directory.resolve("whole"))) {
            // with room for the reason: blocks end anywhere, and there may be less left than it takes
            EventLog log = new EventLog(path, new FullDiskLogFile(path, 100_000, 1_000), engine.events().opened());
            EventSubscription subscription = engine.events().subscribe(log, Delivery.LOSSLESS);
            int after = 0;
            while (after < 3) {
                after += subscription.failure().isPresent() ? 1 : 0;
                try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
                    for (int p = 0; p < job.partitionCount(); p++) {
                        job.take(p).release();
                    }
                    assertThat(job.progress().state()).isEqualTo(JobProgress.State.SUCCEEDED);
                }
            }
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        assertThat(warnings).singleElement().asString()
                .contains("Cannot write to event log " + path)
                .contains("No space left on device. The log ends there, jobs go on. Free space,");
        assertThat(Replay.of(path).to().gap().orElseThrow())
                .startsWith("The log is incomplete: it was given up after")
                .endsWith("while its engine went on: No space left on device.");
        assertThat(Replay.of(directory.resolve("whole")).to().isComplete()).isTrue();
    }

    @Test
    void spilledBytes_areToldAsTheyAre() {
        ProgressView view = new ProgressView();
        long id;
        try (LocalEngine engine = engine(2, 60_000, directory.resolve("log"))) {
            EventSubscription subscription = engine.events().subscribe(view, Delivery.LOSSLESS);
            Layer many = Layer.of(new Mix(1, 1, 2_000), 40, List.of(), "many");
            Layer all = Layer.of(new Mix(2, 1, 1), 1, List.of(new Dependency.Broadcast(many.token())), "all");
            try (Job job = engine.submit(TaskGraph.of(List.of(many, all)), JobOptions.DEFAULTS)) {
                job.take(0).release();
                id = job.id();
                subscription.sync();
                Spill spill = view.summary(id).orElseThrow().spill();
                assertThat(spill.writtenBytes()).isEqualTo(job.progress().spilledBytes()).isPositive();
                assertThat(spill.readBytes()).as("all was read by the one task").isBetween(1L, spill.writtenBytes());
                assertThat(spill.diskBytes()).isBetween(0L, spill.writtenBytes());
            }
            ProgressView late = new ProgressView();
            engine.events().subscribe(late, Delivery.LOSSLESS).sync();
            assertThat(late.summaries()).as("ended before it came").isEmpty();
        }
        assertThat(view.summary(id).orElseThrow().toString()).contains(" read back, ").contains(" spilled");
    }

    @Test
    void aStuckLog_holdsBackNewJobs_notProgressNorTheEnd() throws Exception {
        List<Thread> submitters = new ArrayList<>();
        CountDownLatch gate = new CountDownLatch(1);
        try (LocalEngine engine = engine(2, 1 << 26, directory.resolve("log"));
                AutoCloseable _ = gate::countDown) {
            engine.events().subscribe(block -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }, Delivery.LOSSLESS);
            TaskGraph graph = TaskGraph.of(List.of(
                    Layer.of(new Mix(1, 1, 0, 0), 500_000, List.of(), "many")));
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

    @Test
    void whoListens_hearsWhatTheProcessUses_alsoWhileNothingRuns() throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(2);
        List<WorkerSample> samples = new CopyOnWriteArrayList<>();
        try (LocalEngine engine = engine(2, 1_000_000, directory.resolve("run.events"))) {
            engine.events().subscribe(block -> block.forEach(event -> {
                if (event instanceof EngineEvent.WorkerSampled sampled) {
                    assertThat(sampled.worker()).isZero();
                    samples.add(sampled.sample());
                    heard.countDown();
                }
            }), Delivery.LOSSY);
            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.cpuPermille()).isNotNegative();
            assertThat(sample.busyThreadCount()).isZero();
            assertThat(sample.reservedBytes()).isZero();
            assertThat(sample.limitBytes()).isEqualTo(1_000_000);
            assertThat(sample.heapBytes()).isPositive().isLessThanOrEqualTo(sample.heapLimitBytes());
            assertThat(sample.diskBytes()).isZero();
            if (Files.exists(Path.of("/proc/self/status"))) {
                assertThat(sample.anonymousBytes()).isPositive().isLessThan(sample.residentBytes());
            }
        });
        List<EngineEvent> logged = new ArrayList<>();
        Replay.of(directory.resolve("run.events")).to(block -> block.forEach(logged::add));
        assertThat(logged)
                .filteredOn(event -> event instanceof EngineEvent.WorkerSampled)
                .extracting(event -> ((EngineEvent.WorkerSampled) event).sample())
                .containsAll(samples);
    }
}
