package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.Dependency.Exchange;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.LongOperations.ConcatSlices;
import io.lazuli.graph.LongOperations.Grant;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.SplitByModulo;
import io.lazuli.graph.LongOperations.SumOf;
import io.lazuli.graph.TroubleOperations.Fail;
import io.lazuli.graph.TroubleOperations.Failure;
import io.lazuli.graph.TroubleOperations.Flaky;
import io.lazuli.graph.TroubleOperations.Gate;
import io.lazuli.graph.TroubleOperations.Greedy;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A failed task fails its job and nothing else, and says which task it was and why.
abstract class FailureContract extends EngineContractPart {
    private static final long BUDGET = 16 << 20;

    FailureContract(EngineContract contract) {
        super(contract);
    }

    @ParameterizedTest
    @CsvSource({
        "DATA_ERROR, DATA",
        "EXCEPTION, INTERNAL",
        "STACK_OVERFLOW, INTERNAL",
        "OUT_OF_MEMORY, RESOURCE",
        "NULL_RESULT, INTERNAL"
    })
    void aFailureKeepsItsCodeAndNamesKeyAndLayer(Failure how, ErrorCode code) {
        Layer failing = Layer.of(new Fail(how, 2), 4, List.of(), "scan trips.csv > parse");
        try (Job job = submit(engine(2), graph(failing, layer(new SumOf(), 1, new Broadcast(failing.token()))))) {
            LazuliException failure = failure(job, 0);

            assertThat(failure).isNotNull();
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure).hasMessageContaining("scan trips.csv > parse");
            assertThat(failure).hasMessageContaining(new Key(failing.token(), 2).toString());
            assertThat(Waiting.end(job)).isEqualTo(State.FAILED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DATA_ERROR, io.lazuli.graph.error.LazuliException",
        "EXCEPTION, java.lang.IllegalStateException",
        "STACK_OVERFLOW, java.lang.StackOverflowError",
        "OUT_OF_MEMORY, java.lang.OutOfMemoryError"
    })
    void aFailureKeepsWhatWasThrownAsItsCause(Failure how, Class<? extends Throwable> type) {
        try (Job job = submit(engine(2), graph(layer(new Fail(how, 0), 1)))) {
            List<Throwable> causes =
                    Stream.iterate(failure(job, 0).getCause(), e -> e != null, Throwable::getCause).toList();

            assertThat(causes).hasAtLeastOneElementOfType(type);
            if (how != Failure.STACK_OVERFLOW) {
                assertThat(causes).anySatisfy(cause -> assertThat(cause).hasMessageContaining(Fail.MESSAGE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void otherJobsGoOn(Failure how) {
        Engine engine = engine(2);
        Gate gate = new Gate(signals(), "gate");
        try (Job patient = submitAndWaitForStart(engine, gate);
                Job failing = submit(engine, graph(layer(new Fail(how, 0), 4)))) {
            assertThat(failure(failing, 0)).isNotNull();
            signals().give(gate.open());
            assertThat(take(patient, 0)).containsExactly(1);
        }
        assertThat(run(engine, layer(new SumOf(), 1))).containsExactly(new long[] {0});
    }

    /// Every thread must survive: as many failures as would use up any pool.
    @ParameterizedTest
    @EnumSource(Failure.class)
    void anEngineSurvivesAnyNumberOfFailures(Failure how) {
        Engine engine = engine(2);
        for (int i = 0; i < 10; i++) {
            try (Job job = submit(engine, graph(layer(new Fail(how, 0), 1)))) {
                assertThat(failure(job, 0)).isNotNull();
            }
        }
        Numbers numbers = new Numbers(10, 1);
        assertThat(run(engine, layer(numbers, 1))).containsExactly(numbers.of(0));
    }

    @Test
    void everyTakeOfAFailedJobFails() {
        Layer failing = layer(new Fail(Failure.DATA_ERROR, 1), 2);
        Layer sums = layer(new SumOf(), 3, new Broadcast(failing.token()));
        try (Job job = submit(engine(2), graph(failing, sums))) {
            for (int partition = 0; partition < 3; partition++) {
                assertThat(failure(job, partition).code()).isEqualTo(ErrorCode.DATA);
            }
            assertThat(failure(job, 0).code()).as("asked again").isEqualTo(ErrorCode.DATA);
        }
    }

    @Test
    void aFailureStopsTasksThatRun() {
        Gate gate = new Gate(signals(), "gate");
        Layer waiting = layer(gate, 1);
        Layer failing = layer(new Fail(Failure.DATA_ERROR, 0), 1);
        Layer sum = layer(new SumOf(), 1, new Broadcast(waiting.token()), new Broadcast(failing.token()));
        try (Job job = submit(engine(2), graph(waiting, failing, sum))) {
            assertThat(failure(job, 0).code()).isEqualTo(ErrorCode.DATA);
        }
        assertThat(signals().count(gate.started())).as("started tasks ended").isEqualTo(signals().count(gate.ended()));
    }

    @Test
    void moreMemoryThanThereIsFailsTheJobWithAResourceError() {
        Engine engine = engine(2, BUDGET);
        try (Job job = submit(engine, graph(layer(new Greedy(2 * BUDGET), 3)))) {
            LazuliException failure = failure(job, 0);
            assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE);
            assertThat(failure).hasMessageContaining("Out of memory").hasMessageContaining("greedy");
        }
        Numbers numbers = new Numbers(1000, 1);
        assertThat(run(engine, layer(numbers, 1))).containsExactly(numbers.of(0));
    }

    /// The engine may refuse the task or run it with what there is, but it must not wait for ever.
    @Test
    void aGrantBeyondTheBudgetIsRefusedOrCut() {
        try (Job job = submit(engine(2, BUDGET), graph(layer(new Grant(4 * BUDGET), 2)))) {
            LazuliException failure = failure(job, 0);
            assertThat(failure == null || failure.code() == ErrorCode.RESOURCE).as("%s", failure).isTrue();
        }
    }

    @Test
    void anExchangeOfBlocksWithTheWrongNumberOfSlicesIsADefectOfTheProducer() {
        Layer numbers = layer(new Numbers(100, 1), 3);
        Layer split = layer(new SplitByModulo(4), 3, new OneToOne(numbers.token()));
        Layer concat = layer(new ConcatSlices(), 5, new Exchange(split.token()));
        try (Job job = submit(engine(2), graph(numbers, split, concat))) {
            LazuliException failure = failure(job, 0);
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(failure).hasMessageContaining("4").hasMessageContaining("5").hasMessageContaining("split");
        }
    }

    @Test
    void aHeldResultThatTheEngineDoesNotHaveIsTheUsersError() {
        Token unknown = new Token(0xabcd_ef01_0000_0000L, 1);
        Layer sum = layer(new SumOf(), 1, new Broadcast(unknown));
        TaskGraph graph = new TaskGraph(Map.of(unknown, 2), List.of(sum), sum.token());

        assertThatThrownBy(() -> submit(engine(1), graph).close())
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
                .hasMessageContaining("abcdef01");
    }

    @Test
    void aTaskIsRunAgainAsOftenAsAllowed() {
        Flaky flaky = new Flaky(signals(), "flaky", ErrorCode.RESOURCE, 2);
        try (Job job = engine(2).submit(graph(layer(flaky, 1)), JobOptions.DEFAULTS.withRetries(2))) {
            assertThat(take(job, 0)).containsExactly(1);
        }
        assertThat(signals().count("flaky")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"RESOURCE, 2, 3", "USER, 2, 1", "DATA, 2, 1", "RESOURCE, 0, 1"})
    void aTaskThatKeepsFailingFailsTheJobAfterItsRetries(ErrorCode code, int retries, int runs) {
        Flaky flaky = new Flaky(signals(), "flaky", code, 100);
        try (Job job = engine(2).submit(graph(layer(flaky, 1)), JobOptions.DEFAULTS.withRetries(retries))) {
            assertThat(failure(job, 0).code()).isEqualTo(code);
        }
        assertThat(signals().count("flaky")).isEqualTo(runs);
    }

    @Test
    void aGraphThatFailsToPersistLeavesNothing() {
        Engine engine = engine(2);
        Layer failing = layer(new Fail(Failure.DATA_ERROR, 3), 4);
        assertThatThrownBy(() -> engine.persist(graph(failing), JobOptions.DEFAULTS).close())
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA));
        EngineContract.assertEmpty(engine.memory());
    }

    @Test
    void resultsThatWereMadeBeforeTheFailureAreReleasedWithTheJob() {
        Engine engine = engine(2);
        Layer numbers = layer(new Numbers(10_000, 1), 8);
        Layer failing = layer(new Fail(Failure.EXCEPTION, 7), 8, new Broadcast(numbers.token()));
        try (Job job = submit(engine, graph(numbers, failing))) {
            assertThat(Waiting.end(job)).isEqualTo(State.FAILED);
        }
        assertThat(engine.memory().reservedBytes()).isZero();
    }

    @Test
    void aBlockOfAFailedJobThatWasTakenBeforeStaysValid() {
        Gate gate = new Gate(signals(), "gate");
        Layer waiting = layer(gate, 1);
        Layer failing = layer(new Fail(Failure.DATA_ERROR, 0), 1, new OneToOne(waiting.token()));
        Layer out = layer(
                new ConcatSlices(), 2, new Dependency.Explicit(failing.token(), new int[] {0, 0, 1}, new int[] {0}));
        try (Job job = submit(engine(2), graph(waiting, failing, out))) {
            Block first = job.take(0);
            signals().give(gate.open());
            assertThat(failure(job, 1).code()).isEqualTo(ErrorCode.DATA);
            assertThat(LongOperations.values(first)).isEmpty();
            first.release();
        }
    }
}
