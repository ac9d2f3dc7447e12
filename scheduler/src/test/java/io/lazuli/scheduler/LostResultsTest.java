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
import io.lazuli.graph.Persisted;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// Results that were spilled and cannot be read back are made again, whoever wants them.
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class LostResultsTest {
    @TempDir
    Path directory;

    private Engine engine(int threads, long bufferBytes, Path spillDirectory) {
        return LocalEngine.open(EngineOptions.defaults()
                .withThreads(threads)
                .withBufferBytes(bufferBytes)
                .withSpillDirectory(spillDirectory));
    }

    @Test
    void spilledResultsThatAreDamaged_areMadeAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(1, 100_000, directory)) {
            Layer many = layer(20, (context, _) -> {
                runs.incrementAndGet();
                Buffer buffer = context.memory().allocate(16_000);
                buffer.segment().setAtIndex(ValueLayout.JAVA_LONG, 0, context.partition());
                return Block.columns(1, new byte[0], List.of(buffer));
            });
            Layer damage = layer(1, (_, _) -> {
                damageAll(directory);
                return rows(0);
            }, new Dependency.Explicit(many.token(), new int[] {0, 1}, new int[] {19}));
            Layer all = layer(1, (_, inputs) -> {
                long sum = 0;
                for (Block block : inputs.blocks(0)) {
                    sum += block.buffers().getFirst().segment().getAtIndex(ValueLayout.JAVA_LONG, 0);
                }
                return Block.columns(sum, new byte[0], List.of());
            }, new Dependency.Broadcast(many.token()), new Dependency.Broadcast(damage.token()));
            try (Job job = engine.submit(TaskGraph.of(List.of(many, damage, all)), JobOptions.DEFAULTS)) {
                Block sum = job.take(0);
                assertThat(sum.rowCount()).isEqualTo(190);
                sum.release();
                assertThat(job.progress().spilledBytes()).isPositive();
            }
            assertThat(runs.get()).isGreaterThan(20);
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void anOutputThatIsDamagedBeforeItIsTaken_isMadeAgain() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(2, 100_000, directory)) {
            Layer source = Layer.of(new Mix(1, 1, 2_000), 20, List.of(), "source");
            Layer copy = copy(runs, source.token());
            List<long[]> expected = Reference.run(TaskGraph.of(List.of(source)));
            try (Job job = engine.submit(TaskGraph.of(List.of(source, copy)), JobOptions.DEFAULTS)) {
                while (job.progress().state() != JobProgress.State.SUCCEEDED) {
                    LockSupport.parkNanos(1_000_000);
                }
                damageAll(directory);
                for (int p = 0; p < 20; p++) {
                    Block block = job.take(p);
                    assertThat(Mix.value(block, 7)).isEqualTo(expected.get(p)[7]);
                    block.release();
                }
                assertThat(job.progress().state()).isEqualTo(JobProgress.State.SUCCEEDED);
            }
            assertThat(runs.get()).isGreaterThan(20);
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    /// Changes a byte of every file that is there. Results that nobody needs any more are released after their job has ended, so
    /// files may go while we look at them: none may be written anew.
    private static void damageAll(Path directory) {
        int damaged = 0;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            for (Path folder : folders) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.seg")) {
                    for (Path file : files) {
                        damaged += damage(file) ? 1 : 0;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(damaged).isPositive();
    }

    /// False if the file is gone.
    private static boolean damage(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, file.size() / 2);
            one.put(0, (byte) (one.get(0) ^ 1)).flip();
            file.write(one, file.size() / 2);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Test
    void aPersistedResultThatIsDamaged_isMadeAgain_andStaysSo() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(2, 100_000, directory)) {
            Layer source = Layer.of(new Mix(1, 1, 2_000), 20, List.of(), "source");
            Layer copy = copy(runs, source.token());
            List<long[]> expected = Reference.run(TaskGraph.of(List.of(source)));
            try (Persisted persisted = engine.persist(TaskGraph.of(List.of(source, copy)), JobOptions.DEFAULTS)) {
                assertThat(runs.getAndSet(0)).isEqualTo(20);
                damageAll(directory);
                Layer reader = copy(new AtomicInteger(), copy.token());
                TaskGraph graph = new TaskGraph(Map.of(copy.token(), 20), List.of(reader), reader.token());
                assertThat(sevenths(engine, graph)).isEqualTo(sevenths(expected));
                int again = runs.getAndSet(0);
                assertThat(again).as("those that were spilled").isBetween(10, 20);
                assertThat(sevenths(engine, graph)).isEqualTo(sevenths(expected));
                assertThat(runs.get()).as("runs for results that are there").isZero();
                assertThat(persisted.rowCounts()).hasSize(20).containsOnly(2_000L);
            }
            assertThat(engine.memory().reservedBytes()).isZero();
            assertThat(engine.memory().liveBufferCount()).isZero();
        }
    }

    @Test
    void aPersistedResult_isMadeAgain_evenIfWhatItWasMadeFromIsNotPersistedAnyMore() {
        AtomicInteger runs = new AtomicInteger();
        try (Engine engine = engine(1, 100_000, directory)) {
            Layer source = Layer.of(new Mix(1, 1, 2_000), 20, List.of(), "source");
            List<long[]> expected = Reference.run(TaskGraph.of(List.of(source)));
            Persisted first = engine.persist(TaskGraph.of(List.of(source)), JobOptions.DEFAULTS);
            Layer copy = copy(runs, source.token());
            TaskGraph from = new TaskGraph(Map.of(source.token(), 20), List.of(copy), copy.token());
            try (Persisted second = engine.persist(from, JobOptions.DEFAULTS)) {
                first.close();
                damageAll(directory);
                Layer reader = copy(new AtomicInteger(), copy.token());
                TaskGraph graph = new TaskGraph(Map.of(second.token(), 20), List.of(reader), reader.token());
                assertThat(sevenths(engine, graph)).isEqualTo(sevenths(expected));
                assertThat(runs.get()).isGreaterThan(20);
            }
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void aPersistedResultThatCannotBeMadeAgain_failsTheJobWithTheReason() {
        AtomicBoolean isOver = new AtomicBoolean();
        try (Engine engine = engine(2, 100_000, directory)) {
            Layer once = layer(20, (context, _) -> {
                if (isOver.get()) {
                    throw new IllegalStateException("the source is gone");
                }
                return Block.columns(2_000, new byte[0], List.of(context.memory().allocate(16_000)));
            });
            try (Persisted persisted = engine.persist(TaskGraph.of(List.of(once)), JobOptions.DEFAULTS)) {
                isOver.set(true);
                damageAll(directory);
                Layer all = layer(1, (_, _) -> rows(0), new Dependency.Broadcast(once.token()));
                TaskGraph graph = new TaskGraph(Map.of(persisted.token(), 20), List.of(all), all.token());
                try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
                    assertThatThrownBy(() -> job.take(0))
                            .isInstanceOf(LazuliException.class)
                            .hasMessageContaining("the source is gone");
                }
            }
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    /// Can be written, and read by nobody.
    record Unreadable(int[] payload) {
        static final ThreadLocal<Boolean> MAY_BE_MADE = ThreadLocal.withInitial(() -> false);

        Unreadable {
            if (!MAY_BE_MADE.get()) {
                throw new IllegalStateException("not by a codec");
            }
        }

        static Unreadable make(int size) {
            MAY_BE_MADE.set(true);
            try {
                return new Unreadable(new int[size]);
            } finally {
                MAY_BE_MADE.remove();
            }
        }
    }

    @Test
    void aResultThatCanNeverBeRead_failsItsJob_andNoOther() {
        try (Engine engine = LocalEngine.open(EngineOptions.defaults()
                .withThreads(2)
                .withHeapBudgetBytes(1 << 20)
                .withSpillDirectory(directory))) {
            var make = Delayed.function((Integer i) -> Unreadable.make(100_000 + i)).named("make");
            var count = Delayed.functionOfAll((List<Unreadable> all) -> all.size());
            List<Delayed<Unreadable>> made = IntStream.range(0, 20).mapToObj(make::call).toList();
            assertThatThrownBy(() -> count.call(made).compute(engine))
                    .isInstanceOfSatisfying(LazuliException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE))
                    .hasMessageContaining("was made 5 times and could not be read back once")
                    .hasMessageContaining("not by a codec");
            TaskGraph other = Graphs.random(3, 10);
            assertThat(LocalEngineTest.run(engine, other)).usingRecursiveComparison().isEqualTo(Reference.run(other));
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    private static Layer copy(AtomicInteger runs, Token of) {
        return layer(20, (context, inputs) -> {
            runs.incrementAndGet();
            Buffer buffer = context.memory().allocate(16_000);
            buffer.segment().copyFrom(inputs.block(0).buffers().getFirst().segment());
            return Block.columns(2_000, new byte[0], List.of(buffer));
        }, new Dependency.OneToOne(of));
    }

    private static List<Long> sevenths(Engine engine, TaskGraph graph) {
        List<Long> values = new ArrayList<>();
        try (Job job = engine.submit(graph, JobOptions.DEFAULTS)) {
            for (int p = 0; p < job.partitionCount(); p++) {
                Block block = job.take(p);
                values.add(Mix.value(block, 7));
                block.release();
            }
        }
        return values;
    }

    private static List<Long> sevenths(List<long[]> values) {
        return values.stream().map(partition -> partition[7]).toList();
    }
}
