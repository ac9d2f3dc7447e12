package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.LongOperations.ConcatSlices;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.PassThrough;
import io.lazuli.graph.LongOperations.Rich;
import io.lazuli.graph.LongOperations.SplitByModulo;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs larger than the budget finish, with equal results, and the budget holds.
abstract class MemoryContract extends EngineContractPart {
    private static final long BUDGET = 8 << 20;
    /// One partition is 1 MiB, all are five times the budget.
    private static final Numbers NUMBERS = new Numbers(1 << 17, 3);

    private static final int PARTITIONS = 40;

    private final Layer numbers = layer(NUMBERS, PARTITIONS);

    MemoryContract(EngineContract contract) {
        super(contract);
    }

    private static long expectedSum() {
        long sum = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            sum += LongStream.of(NUMBERS.of(partition)).sum();
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void resultsFiveTimesTheBudgetAreSpilledAndComeBackEqual(int threads) {
        Engine engine = engine(threads, BUDGET);
        try (Job job = submit(engine, graph(numbers))) {
            assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
            assertThat(job.progress().spilledBytes()).isGreaterThanOrEqualTo(PARTITIONS * (1L << 20) - BUDGET);
            for (int partition = PARTITIONS - 1; partition >= 0; partition--) {
                assertThat(take(job, partition)).isEqualTo(NUMBERS.of(partition));
            }
        }
        assertBudgetHeld(engine);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void anExchangeFiveTimesTheBudgetLosesNoRow(int threads) {
        Engine engine = engine(threads, BUDGET);
        Layer split = layer(new SplitByModulo(PARTITIONS), PARTITIONS, new OneToOne(numbers.token()));
        Layer concat = layer(new ConcatSlices(2 << 20), PARTITIONS, new Exchange(split.token()));
        List<Layer> layers = new ArrayList<>(List.of(numbers, split));
        layers.addAll(withTreeSum(concat, 4));
        try (Job job = submit(engine, TaskGraph.of(layers))) {
            assertThat(take(job, 0)).containsExactly(expectedSum());
            assertThat(job.progress().spilledBytes()).isPositive();
            assertThat(job.progress().layers().get(2).outputRows()).isEqualTo((long) PARTITIONS << 17);
        }
        assertBudgetHeld(engine);
    }

    @Test
    void aReductionThatFitsDoesNotSpill() {
        Engine engine = engine(1, EngineContract.AMPLE);
        try (Job job = submit(engine, TaskGraph.of(withTreeSum(numbers, 4)))) {
            assertThat(take(job, 0)).containsExactly(expectedSum());
            assertThat(job.progress().spilledBytes()).isZero();
        }
    }

    /// Two results on the same buffers free nothing until both have let go.
    @Test
    void resultsThatShareBuffersAreSpilledToo() {
        Engine engine = engine(2, BUDGET);
        Layer pass = layer(new PassThrough(), PARTITIONS, new OneToOne(numbers.token()));
        Layer again = layer(new PassThrough(), PARTITIONS, new OneToOne(pass.token()));
        try (Job job = submit(engine, graph(numbers, pass, again))) {
            assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(take(job, partition)).isEqualTo(NUMBERS.of(partition));
            }
        }
    }

    @Test
    void aSpilledBlockComesBackWithHeaderCutsAndAllItsBuffers() {
        int rows = 1 << 16;
        try (Job job = submit(engine(2, BUDGET), graph(layer(new Rich(rows), PARTITIONS)))) {
            assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
            assertThat(job.progress().spilledBytes()).isPositive();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertRich(job.take(partition), partition, rows);
            }
        }
    }

    private static void assertRich(Block block, int partition, int rows) {
        assertThat(block.kind()).isEqualTo(Block.Kind.COLUMNS);
        assertThat(block.rowCount()).isEqualTo(rows);
        assertThat(block.header()).isEqualTo(Rich.HEADER);
        assertThat(block.cuts()).containsExactly(0, 1, 1, rows);
        assertThat(block.buffers().stream().map(Buffer::byteSize)).containsExactly(8L * rows, 0L, 3L, 8L * rows);
        for (int row = 0; row < rows; row += 997) {
            assertThat(at(block, 3, row)).isEqualTo(partition * 1_000L + row);
            assertThat(at(block, 0, row)).isEqualTo(partition * 1_000L + rows + row);
        }
        MemorySegment bytes = block.buffers().get(2).segment();
        assertThat(bytes.toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 7, 7);
        block.release();
    }

    private static long at(Block block, int buffer, long row) {
        return block.buffers().get(buffer).segment().getAtIndex(ValueLayout.JAVA_LONG, row);
    }

    @Test
    void jobsThatTogetherExceedTheBudgetAllFinish() {
        Engine engine = engine(4, BUDGET);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            jobs.add(submit(engine, graph(layer(new Numbers(1 << 17, i), 5))));
        }
        for (int i = 0; i < 8; i++) {
            try (Job job = jobs.get(i)) {
                for (int partition = 0; partition < 5; partition++) {
                    assertThat(take(job, partition)).isEqualTo(new Numbers(1 << 17, i).of(partition));
                }
            }
        }
        assertBudgetHeld(engine);
    }

    @Test
    void closingAJobThatHasSpilledLeavesNothing() {
        Engine engine = engine(2, BUDGET);
        Job job = submit(engine, graph(numbers));
        assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
        job.close();
        assertThat(engine.memory().reservedBytes()).isZero();
    }

    private static void assertBudgetHeld(Engine engine) {
        assertThat(engine.memory().limit()).isLessThanOrEqualTo(BUDGET);
        assertThat(engine.memory().peakBytes()).isLessThanOrEqualTo(BUDGET);
    }
}
