package io.lazuli.scheduler;

import static io.lazuli.scheduler.Body.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Annotations;
import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tasks that do not end as they should: late, never, by errors of the JVM, or nowhere to run. The engine goes on, and so do other
/// jobs.
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class LocalEngineEndsTest {
    private static final JobOptions QUICK = JobOptions.DEFAULTS.withTimeout(Duration.ofMillis(200));

    @TempDir
    Path directory;

    private Engine engine(int threads) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(64 << 20)
                .withSpillDirectory(directory));
    }

    private static Layer layer(String name, int partitionCount, BiFunction<TaskContext, TaskInputs, Block> body,
            Dependency... on) {
        return new Body(name, Body.GRANT, false, body).over(name, partitionCount, on);
    }

    private static void assertGoesOn(Engine engine) {
        TaskGraph graph = Graphs.random(7, 20);
        assertThat(LocalEngineTest.run(engine, graph)).usingRecursiveComparison().isEqualTo(Reference.run(graph));
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
    }

    private static void assertFails(Job job, ErrorCode code, String... texts) {
        assertThatThrownBy(() -> job.take(0))
                .isInstanceOfSatisfying(LazuliException.class, e -> {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                    assertThat(e).hasMessageContainingAll(texts);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTaskThatTakesTooLong_isInterrupted(int threads) {
        try (Engine engine = engine(threads)) {
            Layer sleepy = layer("sleepy", 1, (_, _) -> {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return rows(1);
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(sleepy)), QUICK)) {
                assertFails(job, ErrorCode.RESOURCE, "sleepy", "took longer than its timeout of PT0.2S");
            }
            assertGoesOn(engine);
        }
    }

    @Test
    void aTimeoutOfTheLayer_countsMoreThanTheJobs_andIsRetried() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(2)) {
            Layer slowAtFirst = layer("slow", 1, (context, _) -> {
                for (boolean isFirst = runs.incrementAndGet() == 1; isFirst;) {
                    context.checkCancelled();
                    Thread.onSpinWait();
                }
                return rows(3);
            }).withAnnotations(Annotations.NONE.withTimeout(Duration.ofMillis(200)).withRetries(1));
            JobOptions patient = JobOptions.DEFAULTS.withTimeout(Duration.ofHours(1));
            try (Job job = engine.submit(TaskGraph.of(List.of(slowAtFirst)), patient)) {
                Block block = job.take(0);
                assertThat(block.rowCount()).isEqualTo(3);
                block.release();
            }
            assertThat(runs).hasValue(2);
            assertGoesOn(engine);
        }
    }

    /// On one thread: if it were not given up, nothing else would ever run.
    @Test
    void aTaskThatNeverEnds_losesItsThread_andNobodyWaitsForIt() {
        AtomicBoolean mayEnd = new AtomicBoolean();
        try (Engine engine = engine(1)) {
            Layer endless = layer("endless", 1, (context, _) -> {
                context.memory().allocate(1 << 20);
                while (!mayEnd.get()) {
                    Thread.onSpinWait();
                }
                return rows(1);
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(endless)), QUICK)) {
                assertFails(job, ErrorCode.RESOURCE, "endless", "timeout of PT0.2S", "its thread was given up");
            }
            TaskGraph graph = Graphs.random(7, 20);
            assertThat(LocalEngineTest.run(engine, graph)).usingRecursiveComparison().isEqualTo(Reference.run(graph));
            mayEnd.set(true);
            awaitEmpty(engine);
        }
    }

    @Test
    void closingAJobWhoseTaskNeverEnds_doesNotHang() {
        AtomicBoolean started = new AtomicBoolean();
        AtomicBoolean mayEnd = new AtomicBoolean();
        try (Engine engine = engine(2)) {
            Layer endless = layer("endless", 4, (_, _) -> {
                started.set(true);
                while (!mayEnd.get()) {
                    Thread.onSpinWait();
                }
                return rows(1);
            });
            Job job = engine.submit(TaskGraph.of(List.of(endless)), JobOptions.DEFAULTS);
            while (!started.get()) {
                Thread.onSpinWait();
            }
            job.close();
            assertThat(job.progress().state()).isEqualTo(JobProgress.State.CANCELLED);
            assertThat(engine.memory().reservedBytes()).as("what it had not allocated").isZero();
            assertGoesOn(engine);
            mayEnd.set(true);
        }
    }

    private static void awaitEmpty(Engine engine) {
        while (engine.memory().reservedBytes() > 0 || engine.memory().liveBufferCount() > 0) {
            Thread.onSpinWait();
        }
    }

    private static int recurse(int depth) {
        return 1 + recurse(depth + 1);
    }

    @Test
    void aStackOverflow_failsItsTask_andNothingElse() {
        try (Engine engine = engine(2)) {
            Layer deep = layer("deep", 3, (_, _) -> rows(recurse(0)));
            try (Job job = engine.submit(TaskGraph.of(List.of(deep)), JobOptions.DEFAULTS)) {
                assertFails(job, ErrorCode.INTERNAL, "deep", "recursed too deep");
            }
            assertGoesOn(engine);
        }
    }

    @Test
    void aFullHeap_failsItsTask_andNothingElse() {
        try (Engine engine = engine(2)) {
            Layer large = layer("large", 1, (_, _) -> {
                List<long[]> all = new ArrayList<>();
                while (true) {
                    all.add(new long[Integer.MAX_VALUE - 8]);
                }
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(large)), JobOptions.DEFAULTS)) {
                assertFails(job, ErrorCode.RESOURCE, "large", "heap");
            }
            assertGoesOn(engine);
        }
    }

    @Test
    void aLayerThatNoWorkerMayRun_failsAtOnce_andSaysWhatThereIs() {
        try (Engine engine = engine(2)) {
            Layer onGpu = layer("train", 2, (_, _) -> rows(1))
                    .withAnnotations(Annotations.NONE.withResources(Map.of("GPU", 1)).withWorkers(Set.of("big")));
            try (Job job = engine.submit(TaskGraph.of(List.of(onGpu)), JobOptions.DEFAULTS)) {
                assertFails(job, ErrorCode.USER, "No worker may run layer 'train'", "{GPU=1}", "[big]");
            }
            assertGoesOn(engine);
        }
    }
}
