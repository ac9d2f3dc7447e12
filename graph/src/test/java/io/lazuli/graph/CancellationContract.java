package io.lazuli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.Dependency.Broadcast;
import io.lazuli.graph.JobProgress.State;
import io.lazuli.graph.LongOperations.Numbers;
import io.lazuli.graph.LongOperations.SumOf;
import io.lazuli.graph.TroubleOperations.Gate;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.MemoryAccountant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A job that nobody wants any more ends soon and leaves nothing.
abstract class CancellationContract extends EngineContractPart {
    private static final Duration SOON = Duration.ofSeconds(2);

    CancellationContract(EngineContract contract) {
        super(contract);
    }

    private Gate gate() {
        return new Gate(signals(), "gate");
    }

    @Test
    void aCancelledJobEndsSoonAndItsResultsAreCancelled() {
        try (Job job = submitAndWaitForStart(engine(2), gate())) {
            long start = System.nanoTime();
            job.cancel();

            assertThat(failure(job, 0).code()).isEqualTo(ErrorCode.CANCELLED);
            awaitSignal(gate().ended());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(Waiting.end(job)).isEqualTo(State.CANCELLED);
        }
    }

    @Test
    void aThreadThatWaitsForAResultHearsOfTheCancellation() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor();
                Job job = submitAndWaitForStart(engine(2), gate())) {
            CompletableFuture<LazuliException> waiting = CompletableFuture.supplyAsync(() -> failure(job, 0), other);
            job.cancel();
            assertThat(waiting.get(2, TimeUnit.SECONDS).code()).isEqualTo(ErrorCode.CANCELLED);
        }
    }

    /// The busy job has more tasks than an engine of some workers with one thread each can run.
    @Test
    void aJobThatHasNotBegunIsCancelledAtOnce() {
        Engine engine = engine(1);
        try (Job busy = submit(engine, graph(layer(gate(), 16)));
                Job queued = submit(engine, graph(layer(new Numbers(10, 1), 3)))) {
            queued.cancel();
            assertThat(failure(queued, 0).code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(busy.progress().state()).isEqualTo(State.RUNNING);
        }
    }

    @Test
    void cancellingOneJobLeavesTheOthersAlone() {
        Engine engine = engine(2);
        Gate kept = new Gate(signals(), "kept");
        try (Job other = submitAndWaitForStart(engine, kept);
                Job job = submitAndWaitForStart(engine, gate())) {
            job.cancel();
            assertThat(failure(job, 0).code()).isEqualTo(ErrorCode.CANCELLED);
            signals().give(kept.open());
            assertThat(take(other, 0)).containsExactly(1);
        }
    }

    @Test
    void cancellingAnEndedJobChangesNothing() {
        Numbers numbers = new Numbers(10, 1);
        try (Job job = submit(engine(2), graph(layer(numbers, 2)))) {
            assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
            job.cancel();
            assertThat(job.progress().state()).isEqualTo(State.SUCCEEDED);
            assertThat(take(job, 1)).isEqualTo(numbers.of(1));
        }
    }

    @Test
    void closingAJobWaitsUntilNoneOfItsTasksRuns() {
        Engine engine = engine(2);
        Job job = submitAndWaitForStart(engine, gate());
        long start = System.nanoTime();
        job.close();

        assertThat(signals().isGiven(gate().ended())).isTrue();
        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        job.close();
    }

    @Test
    void aClosedJobGivesNoResults() {
        Job job = submit(engine(2), graph(layer(new Numbers(10, 1), 2)));
        job.close();
        assertThatThrownBy(() -> take(job, 0)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void closingAJobWithoutTakingItsResultsReleasesThem() {
        Engine engine = engine(2);
        Job job = submit(engine, graph(layer(new Numbers(100_000, 1), 8)));
        assertThat(Waiting.end(job)).isEqualTo(State.SUCCEEDED);
        take(job, 3);
        job.close();

        assertThat(engine.memory().reservedBytes()).isZero();
        assertThat(engine.memory().liveBufferCount()).isZero();
    }

    @Test
    void aJobClosedInTheMiddleOfManyTasksLeavesNothing() {
        Engine engine = engine(4);
        for (int i = 0; i < 20; i++) {
            Layer numbers = layer(new Numbers(5_000, i), 64);
            Job job = submit(engine, graph(numbers, layer(new SumOf(), 16, new Broadcast(numbers.token()))));
            int enough = i * 3;
            Waiting.until("some tasks are done", () -> job.progress().layers().getFirst().finishedCount() >= enough);
            job.close();
            assertThat(engine.memory().reservedBytes()).isZero();
        }
    }

    @Test
    void closingTheEngineCancelsItsJobsAndDropsWhatIsPersisted() {
        Engine engine = engine(2);
        MemoryAccountant memory = engine.memory();
        engine.persist(graph(layer(new Numbers(1000, 1), 4)), JobOptions.DEFAULTS);
        Job untaken = submit(engine, graph(layer(new Numbers(1000, 2), 4)));
        Waiting.end(untaken);
        Job running = submitAndWaitForStart(engine, gate());

        engine.close();

        assertThat(signals().isGiven(gate().ended())).isTrue();
        assertThat(failure(running, 0).code()).isEqualTo(ErrorCode.CANCELLED);
        EngineContract.assertEmpty(memory);
        running.close();
        untaken.close();
        engine.close();
    }

    @Test
    void aClosedEngineTakesNoJobs() {
        Engine engine = engine(2);
        engine.close();
        assertThatThrownBy(() -> submit(engine, graph(layer(new SumOf(), 1))))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER));
    }
}
