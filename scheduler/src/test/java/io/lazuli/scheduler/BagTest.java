package io.lazuli.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Engine;
import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.bag.Bag;
import io.lazuli.graph.bag.Keyed;
import io.lazuli.graph.bag.Moments;
import io.lazuli.graph.error.LazuliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bags on the engine that users have.
@Timeout(120)
class BagTest {
    @TempDir
    Path directory;

    private static Engine engine(int threads) {
        return LocalEngine.open(EngineOptions.defaults().withThreads(threads).withBufferBytes(1 << 24));
    }

    @Test
    void compute_withoutAnyEngineUsesTheSharedOne() {
        assertThat(Bag.range(0, 100, 4).map(n -> n * n).sumLong(n -> n).compute()).isEqualTo(328_350);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void manyOperationsTogether_giveTheSameOnAnyNumberOfThreads(int threads) throws Exception {
        List<String> lines = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            lines.add("w" + random.nextInt(50) + " w" + random.nextInt(50));
        }
        Path folder = Files.createDirectory(directory.resolve("in"));
        Files.write(folder.resolve("a.txt"), lines.subList(0, 2_000));
        Files.write(folder.resolve("b.txt"), lines.subList(2_000, 5_000));
        Map<String, Long> expected = new HashMap<>();
        lines.forEach(line -> List.of(line.split(" ")).forEach(word -> expected.merge(word, 1L, Long::sum)));
        try (Engine engine = engine(threads)) {
            Bag<String> words = Bag.readText(folder.toString()).withEngine(engine).repartition(9)
                    .flatMap(line -> List.of(line.split(" ")));
            List<Keyed<String, Long>> found = words.frequencies().compute();
            assertThat(found).hasSize(expected.size())
                    .allSatisfy(word -> assertThat(word.value()).isEqualTo(expected.get(word.key())));
            assertThat(words.groupBy(word -> word).map(g -> new Keyed<>(g.key(), (long) g.value().size())).compute())
                    .containsExactlyElementsOf(found);

            List<Path> files = words.distinct().topK(50, String::compareTo).writeText(directory.resolve("out"));
            assertThat(Files.readAllLines(files.getFirst())).hasSize(50).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(words.sample(0.1, 3).count().compute())
                    .isEqualTo(words.persist().sample(0.1, 3).count().compute());
            Moments lengths = words.moments(String::length).compute();
            assertThat(lengths.count()).isEqualTo(10_000);
            assertThat(lengths.max()).isEqualTo(3);
        }
    }

    @Test
    void aMillionElementsInAHundredThousandGroups() {
        int[] keys = new Random(1).ints(1_000_000, 0, 100_000).toArray();
        Map<Integer, Integer> expected = new HashMap<>();
        IntStream.of(keys).forEach(key -> expected.merge(key, 1, Integer::sum));
        try (Engine engine = engine(2)) {
            Bag<Integer> bag = Bag.from(IntStream.of(keys).boxed().toList(), 16).withEngine(engine);
            long start = System.nanoTime();
            List<Keyed<Integer, List<Integer>>> groups = bag.groupBy(n -> n).compute();
            // 0.5 s where it was measured, on two threads
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(groups).hasSize(expected.size());
            for (Keyed<Integer, List<Integer>> group : groups) {
                assertThat(group.value().size()).isEqualTo(expected.get(group.key()));
            }
            assertThat(bag.frequencies().count().compute()).isEqualTo(expected.size());
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void stream_needsOnlyOnePartitionAtATime() {
        try (Engine engine = engine(2);
                Stream<Long> stream = Bag.range(0, 1_000_000, 50).withEngine(engine).stream()) {
            assertThat(stream.mapToLong(n -> n).sum()).isEqualTo(499_999_500_000L);
        }
    }

    @Test
    void aLongPartitionStopsSoonWhenItsJobIsCancelled() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Bag<Long> endless = Bag.range(0, Long.MAX_VALUE, 1).map(n -> {
            started.countDown();
            return n;
        }).filter(n -> n < 0);
        try (Engine engine = engine(1)) {
            Job job = engine.submit(endless.graph(), JobOptions.DEFAULTS);
            started.await();
            job.cancel();
            long start = System.nanoTime();
            job.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void oneElementThatBecomesEndlesslyManyStopsToo() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        Bag<Long> endless = Bag.of(1).<Long>flatMap(n -> {
            started.countDown();
            return () -> Stream.iterate(0L, i -> i + 1).iterator();
        }).filter(n -> n < 0);
        try (Engine engine = engine(1)) {
            Job job = engine.submit(endless.graph(), JobOptions.DEFAULTS);
            started.await();
            job.cancel();
            long start = System.nanoTime();
            job.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void aRetryRunsThePartitionAgain() {
        AtomicInteger calls = new AtomicInteger();
        try (Engine engine = engine(2)) {
            Bag<Long> flaky = Bag.range(0, 100, 4).withEngine(engine).map(n -> {
                if (n == 70 && calls.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                }
                return n;
            });
            assertThat(flaky.withOptions(JobOptions.DEFAULTS.withRetries(2)).count().compute()).isEqualTo(100);
            assertThat(calls).hasValue(3);
        }
    }

    @Test
    void aFunctionThatThrows_failsTheJobWithItsElementAndLeavesTheEngineUsable() {
        try (Engine engine = engine(2)) {
            Bag<Long> bag = Bag.range(0, 1_000, 4).withEngine(engine);
            assertThatThrownBy(() -> bag.map(n -> 1 / (n - 700)).filter(n -> true).compute())
                    .isInstanceOf(LazuliException.class)
                    .hasMessageContaining("layer 'range > map > filter'")
                    .hasMessageContaining(
                            "The function of map failed on element 200 of partition 2: java.lang.ArithmeticException: / by zero.")
                    .hasRootCauseInstanceOf(ArithmeticException.class);
            assertThat(bag.count().compute()).isEqualTo(1_000);
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }
}
