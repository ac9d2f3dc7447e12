package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.ObjectResult;
import io.lazuli.graph.LongOperations.Plus;
import io.lazuli.graph.LongOperations.SumOf;
import io.lazuli.graph.LongOperations.SumOfObjects;
import io.lazuli.graph.TroubleOperations.Flaky;
import io.lazuli.graph.TroubleOperations.Gate;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is persisted is computed once and serves later jobs until it is closed.
abstract class PersistenceContract extends EngineContractPart {
    private static final Numbers NUMBERS = new Numbers(1000, 42);

    private final Layer numbers = layer(NUMBERS, 5);

    PersistenceContract(EngineContract contract) {
        super(contract);
    }

    private static Persisted persist(Engine engine, Layer... layers) {
        return engine.persist(graph(layers), JobOptions.DEFAULTS);
    }

    private static long[] sum(Engine engine, Persisted held) {
        return run(engine, graphOn(held, layer(new SumOf(), 1, new Broadcast(held.token())))).getFirst();
    }

    @Test
    void twoJobsUseWhatIsPersisted() {
        Engine engine = engine(2);
        try (Persisted held = persist(engine, numbers)) {
            assertThat(held.token()).isEqualTo(numbers.token());
            assertThat(held.partitionCount()).isEqualTo(5);
            assertThat(held.rowCounts()).containsExactly(1000L, 1000L, 1000L, 1000L, 1000L);
            assertThat(held.byteSize()).isEqualTo(5 * 8000);

            assertThat(sum(engine, held)).containsExactly(LongStream.of(NUMBERS.ofAll(5)).sum());
            Layer plus = layer(new Plus(1), 5, new OneToOne(held.token()));
            assertThat(run(engine, graphOn(held, plus)).get(4))
                    .isEqualTo(LongStream.of(NUMBERS.of(4)).map(x -> x + 1).toArray());
        }
        EngineContract.assertEmpty(engine.memory());
    }

    @Test
    void whatIsPersistedIsComputedOnce() {
        Engine engine = engine(2);
        Layer counted = layer(new Flaky(signals(), "run", ErrorCode.DATA, 0), 1);
        try (Persisted held = persist(engine, counted)) {
            assertThat(sum(engine, held)).containsExactly(1);
            assertThat(sum(engine, held)).containsExactly(1);
        }
        assertThat(signals().count("run")).isOne();
    }

    @Test
    void onlyTheOutputIsKept() {
        Engine engine = engine(2);
        Layer large = layer(new Numbers(100_000, 1), 4);
        try (Persisted held = persist(engine, large, layer(new SumOf(), 1, new Broadcast(large.token())))) {
            assertThat(held.byteSize()).isEqualTo(8);
            Waiting.until("inputs are released", () -> engine.memory().reservedBytes() < 1000);
        }
    }

    @Test
    void whatIsPersistedMayBeLargerThanTheBudget() {
        long budget = 8 << 20;
        Engine engine = engine(2, budget);
        Numbers large = new Numbers(1 << 17, 7);
        try (Persisted held = persist(engine, layer(large, 40))) {
            assertThat(held.byteSize()).isEqualTo(40L << 20);
            long expected = 0;
            for (int partition = 0; partition < 40; partition++) {
                expected += LongStream.of(large.of(partition)).sum();
            }
            for (int round = 0; round < 2; round++) {
                Layer sums = layer(new SumOf(), 40, new OneToOne(held.token()));
                Layer total = layer(new SumOf(), 1, new Broadcast(sums.token()));
                assertThat(run(engine, graphOn(held, sums, total))).containsExactly(new long[] {expected});
            }
        }
        assertThat(engine.memory().peakBytes()).isLessThanOrEqualTo(budget);
    }

    @Test
    void objectsArePersistedToo() {
        Engine engine = engine(2);
        try (Persisted held = persist(engine, numbers, layer(new ObjectResult(), 5, new OneToOne(numbers.token())))) {
            Layer sum = layer(new SumOfObjects(), 1, new Broadcast(held.token()));
            assertThat(run(engine, graphOn(held, sum)).getFirst())
                    .containsExactly(LongStream.of(NUMBERS.ofAll(5)).sum());
            assertThat(held.rowCounts()).isEqualTo(Collections.nCopies(5, 0L));
        }
    }

    @Test
    void aGraphMayPersistWhatStandsOnSomethingPersisted() {
        Engine engine = engine(2);
        Persisted first = persist(engine, numbers);
        Layer plus = layer(new Plus(1), 5, new OneToOne(first.token()));
        try (Persisted second = engine.persist(graphOn(first, plus), JobOptions.DEFAULTS)) {
            first.close();
            assertThat(sum(engine, second)).containsExactly(LongStream.of(NUMBERS.ofAll(5)).sum() + 5_000);
        }
    }

    @Test
    void jobsThatUseWhatIsClosedFinish() {
        Engine engine = engine(2);
        Gate gate = new Gate(signals(), "gate");
        Persisted held = persist(engine, numbers);
        Layer waiting = layer(gate, 1);
        Layer sum = layer(new SumOf(), 1, new Broadcast(held.token()), new Broadcast(waiting.token()));
        try (Job job = submit(engine, graphOn(held, waiting, sum))) {
            awaitSignal(gate.started());
            held.close();
            signals().give(gate.open());
            assertThat(take(job, 0)).containsExactly(LongStream.of(NUMBERS.ofAll(5)).sum() + 1);
        }
    }

    @Test
    void whatIsClosedIsNotHeldAnyMore() {
        Engine engine = engine(2);
        Persisted held = persist(engine, numbers);
        held.close();
        held.close();

        assertThat(engine.memory().reservedBytes()).isZero();
        assertThatThrownBy(() -> sum(engine, held))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }

    @Test
    void whatIsPersistedTwiceIsHeldUntilBothAreClosed() {
        Engine engine = engine(2);
        Persisted first = persist(engine, numbers);
        Persisted second = persist(engine, numbers);
        first.close();
        first.close();

        assertThat(sum(engine, second)).containsExactly(LongStream.of(NUMBERS.ofAll(5)).sum());
        second.close();
        assertThat(engine.memory().reservedBytes()).isZero();
    }

    @Test
    void aPartitionCountThatIsNotThatOfTheHeldResultIsTheUsersError() {
        Engine engine = engine(2);
        try (Persisted held = persist(engine, numbers)) {
            Layer sum = layer(new SumOf(), 1, new Broadcast(held.token()));
            TaskGraph wrong = new TaskGraph(Map.of(held.token(), 6), List.of(sum), sum.token());
            assertThatThrownBy(() -> submit(engine, wrong).close())
                    .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
        }
    }
}
