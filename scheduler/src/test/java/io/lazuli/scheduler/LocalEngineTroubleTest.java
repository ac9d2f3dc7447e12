package io.lazuli.scheduler;

import static io.lazuli.scheduler.Body.layer;
import static io.lazuli.scheduler.Body.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the contract of all engines does not ask for.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class LocalEngineTroubleTest {
    @TempDir
    Path directory;

    private Engine engine(int threads, long bufferBytes, Path spillDirectory) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(bufferBytes)
                .withSpillDirectory(spillDirectory));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aTask_mayWaitForAJobOfItsOwn(int threads) {
        try (Engine engine = engine(threads, 1 << 24, directory)) {
            Layer outer = layer(8, (context, _) -> {
                TaskGraph graph = Graphs.random(context.partition(), 20);
                assertThat(LocalEngineTest.run(engine, graph)).usingRecursiveComparison()
                        .isEqualTo(Reference.run(graph));
                return rows(0);
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(outer)), JobOptions.DEFAULTS)) {
                for (int p = 0; p < 8; p++) {
                    job.take(p).release();
                }
            }
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void tasksThatFitOnlyAlone_areRunAlone() {
        try (Engine engine = engine(4, 1 << 20, directory)) {
            Layer large = layer(16, (context, _) -> {
                context.memory().allocate(600 << 10);
                LockSupport.parkNanos(2_000_000);
                return rows(0);
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(large)), JobOptions.DEFAULTS)) {
                for (int p = 0; p < 16; p++) {
                    job.take(p).release();
                }
            }
        }
    }

    /// 40 inputs of 16 kB each, all read at once, of which 160 kB fit.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void inputsLargerThanTheBudget_areReadFromDisk(int threads) {
        try (Engine engine = engine(threads, 160_000, directory)) {
            Layer many = Layer.of(new Mix(1, 5, 2_000), 40, List.of(), "many");
            Layer parts = Layer.of(new Mix(2, 1, 5_000), 5, List.of(new Dependency.Exchange(many.token())), "parts");
            TaskGraph graph = TaskGraph.of(List.of(many, parts));
            assertThat(LocalEngineTest.run(engine, graph)).usingRecursiveComparison().isEqualTo(Reference.run(graph));
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void aDiskThatCannotBeWritten_failsTheJobThatNeedsIt_andNoOther() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (Engine engine = engine(2, 100_000, file)) {
            Layer many = Layer.of(new Mix(1, 1, 2_000), 20, List.of(), "many");
            Layer all = Layer.of(new Mix(2, 1, 1), 1, List.of(new Dependency.Broadcast(many.token())), "all");
            try (Job job = engine.submit(TaskGraph.of(List.of(many, all)), JobOptions.DEFAULTS)) {
                assertThatThrownBy(() -> job.take(0))
                        .isInstanceOfSatisfying(LazuliException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                        .hasMessageContaining("Cannot spill 16,000 bytes to " + file);
            }
            TaskGraph small = Graphs.random(3, 10);
            assertThat(LocalEngineTest.run(engine, small)).usingRecursiveComparison().isEqualTo(Reference.run(small));
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void manyJobs_cancelledAtAnyTime_leaveNothing() {
        Random random = new Random(11);
        try (Engine engine = engine(4, 80_000, directory)) {
            for (int round = 0; round < 300; round++) {
                List<Job> jobs = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    jobs.add(engine.submit(Graphs.random(round * 3 + i, 300), JobOptions.DEFAULTS.withPriority(i)));
                }
                LockSupport.parkNanos(random.nextInt(400_000));
                for (Job job : jobs) {
                    if (random.nextBoolean()) {
                        job.cancel();
                    }
                    job.close();
                    assertThat(job.progress().state()).isNotEqualTo(JobProgress.State.RUNNING);
                }
                assertThat(engine.memory().reservedBytes()).as("round %d", round).isZero();
                assertThat(engine.memory().liveBufferCount()).as("round %d", round).isZero();
            }
        }
    }

    @Test
    void aRetriedTask_isRunAgainAndSaysWhichAttemptFailed() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(2, 1 << 20, directory)) {
            Layer flaky = layer(1, (_, _) -> {
                throw new IllegalStateException("attempt " + runs.incrementAndGet());
            });
            try (Job job = engine.submit(TaskGraph.of(List.of(flaky)), JobOptions.DEFAULTS.withRetries(2))) {
                assertThatThrownBy(() -> job.take(0)).hasMessage(
                        "Operation body failed in task %s:0 of layer 'test layer' (attempt 3 of partition 0): attempt 3",
                        flaky.token().abbreviation());
            }
            assertThat(runs).hasValue(3);
        }
    }

    @Test
    void aBlockWithoutTheSlicesOfItsExchange_isADefectThatNamesBothLayers() {
        try (Engine engine = engine(1, 1 << 20, directory)) {
            Layer producer = Graphs.layer("producer", 2, 3);
            Layer consumer = Graphs.layer("consumer", 4, 1, new Dependency.Exchange(producer.token()));
            try (Job job = engine.submit(TaskGraph.of(List.of(producer, consumer)), JobOptions.DEFAULTS)) {
                assertThatThrownBy(() -> job.take(0))
                        .isInstanceOfSatisfying(LazuliException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                        .hasMessage(
                                "Operation mix failed in task %s:0 of layer 'producer' (attempt 1 of partition 0): it returned a block of 3 slices, but layer 'consumer' exchanges it into 4 partitions. Cut it with Block.partitioned.",
                                producer.token().abbreviation());
            }
        }
    }

    @Test
    void aTaskThatHoldsItsInputsBuffer_keepsItAlive() {
        try (Engine engine = engine(2, 1 << 20, directory)) {
            Layer source = Layer.of(new Mix(5, 1, 100), 3, List.of(), "source");
            Layer view = layer(3, (_, inputs) -> {
                Buffer whole = inputs.block(0).buffers().getFirst();
                return Block.columns(50, new byte[0], List.of(whole.slice(400, 400)));
            }, new Dependency.OneToOne(source.token()));
            List<long[]> expected = Reference.run(TaskGraph.of(List.of(source)));
            try (Job job = engine.submit(TaskGraph.of(List.of(source, view)), JobOptions.DEFAULTS)) {
                for (int p = 0; p < 3; p++) {
                    Block block = job.take(p);
                    assertThat(Mix.value(block, 0)).isEqualTo(expected.get(p)[50]);
                    block.release();
                }
            }
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void theSharedEngine_isThisOne() {
        assertThat(Engine.shared()).isInstanceOf(LocalEngine.class);
    }
}
