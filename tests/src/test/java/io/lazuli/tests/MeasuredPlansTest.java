package io.lazuli.tests;

import static io.lazuli.dataframe.Expressions.col;
import static io.lazuli.dataframe.Expressions.count;
import static io.lazuli.dataframe.Expressions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.dataframe.DataFrame;
import io.lazuli.dataframe.Explain;
import io.lazuli.dataframe.type.DataType;
import io.lazuli.graph.Engine;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.EngineOptions;
import io.lazuli.scheduler.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans that measure or expand while they run, on the engine of this process.
class MeasuredPlansTest {
    private static final int FILES = 40;
    private static final int ROWS = 25;

    @TempDir
    Path folder;

    private Engine engine;

    @BeforeEach
    void open() throws IOException {
        engine = LocalEngine.open(EngineOptions.defaults().withThreads(2).withBufferBytes(64 << 20));
        for (int file = 0; file < FILES; file++) {
            int first = file * ROWS;
            String rows = IntStream.range(first, first + ROWS).mapToObj(n -> n + "," + n % 3 + "\n")
                    .collect(Collectors.joining());
            Files.writeString(folder.resolve("part-%02d.csv".formatted(file)), "n,k\n" + rows);
        }
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
        engine.close();
    }

    private DataFrame numbers() {
        return DataFrame.readCsv(folder.toString()).withEngine(engine);
    }

    @Test
    void aLimitFindsItsRowsHoweverFarTheyAre() {
        assertThat(numbers().limit(3).explain(Explain.LAYERS)).contains("reads 1 of 40 partitions at first");
        assertThat(numbers().limit(3).compute().intColumn("n").asList()).containsExactly(0, 1, 2);
        assertThat(numbers().filter(col("n").ge(700)).limit(60).compute().intColumn("n").asList())
                .isEqualTo(IntStream.range(700, 760).boxed().toList());
        assertThat(numbers().filter(col("n").lt(0)).limit(60).count()).isZero();
    }

    @Test
    void analyzeCountsTheRowsOfEveryOperator() {
        String measured = numbers().filter(col("n").ge(900))
                .groupBy("k")
                .agg(sum("n").as("s"), count().as("c"))
                .groupBy("k", "c")
                .agg(sum("s").as("s"))
                .explain(Explain.ANALYZE);

        assertThat(measured).startsWith("measured in ").contains(" spilled\n");
        assertThat(rowsOf(measured, "scan ")).isEqualTo("1,000");
        assertThat(rowsOf(measured, "filter ")).isEqualTo("100");
        assertThat(rowsOf(measured, "aggregate by [k] ")).isEqualTo("3");
        assertThat(rowsOf(measured, "aggregate by [k, c] ")).isEqualTo("3");
    }

    @Test
    void aRunThatIsInterruptedWhileItMeasuresIsCancelledAndKeepsNothing() throws InterruptedException {
        CountDownLatch measuring = new CountDownLatch(1);
        DataFrame groups = numbers()
                .withColumns(col("n").mapLong("slow", n -> {
                    measuring.countDown();
                    LockSupport.parkNanos(1_000_000);
                    return n;
                }).as("n"))
                .groupBy("n")
                .agg(count());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread client = Thread.ofPlatform().start(() -> {
            try {
                groups.compute();
            } catch (LazuliException e) {
                thrown.set(e);
            }
        });
        measuring.await();
        client.interrupt();
        client.join();

        assertThat(thrown.get()).isInstanceOfSatisfying(
                LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void measuredPlansAreTheSameAtAnyNumberOfThreads() {
        DataFrame sums = numbers().withColumns(col("n").cast(DataType.FLOAT64).dividedBy(7).as("x"))
                .filter(col("n").modulo(2).eq(0))
                .groupBy("k", "n")
                .agg(sum("x").as("x"))
                .sort("x")
                .groupBy("k")
                .agg(sum("x").as("x"))
                .sort("k");
        try (Engine other = LocalEngine.open(EngineOptions.defaults().withThreads(4).withBufferBytes(64 << 20))) {
            assertThat(sums.withEngine(other).compute().doubleColumn("x").asList())
                    .isEqualTo(sums.compute().doubleColumn("x").asList());
        }
    }

    /// The first number after the line of a node.
    private static String rowsOf(String measured, String node) {
        String line = measured.lines().filter(l -> l.strip().startsWith(node)).findFirst().orElseThrow();
        return line.split(" {2,}")[2].strip();
    }
}
