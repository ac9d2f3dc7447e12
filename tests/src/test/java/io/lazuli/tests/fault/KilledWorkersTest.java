package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.graph.JobOptions;
import io.lazuli.graph.Persisted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes are killed, idle or at work: their jobs' results are the right ones, come in time, and cost no more than
/// what was lost.
class KilledWorkersTest {
    private static final int WORKERS = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<Rounds> SHOWN = new ArrayList<>();

    @TempDir
    static Path folder;

    /// All kinds of death on the same ones: who died was started again.
    private static Workers workers;

    @BeforeAll
    static void startWorkers() {
        workers = Workers.start(WORKERS, 1, folder);
    }

    @Test
    void anIdleWorkerIsKilled() throws InterruptedException {
        rounds("one worker killed, idle", this::killIdle);
    }

    @Test
    void aWorkerIsKilled_inMap() throws InterruptedException {
        rounds("one worker killed, in map", random -> kill(1, Phase.MAP, random));
    }

    @Test
    void aWorkerIsKilled_atTheBarrier() throws InterruptedException {
        rounds("one worker killed, at the barrier", random -> kill(1, Phase.BARRIER, random));
    }

    @Test
    void aWorkerIsKilled_inReduce() throws InterruptedException {
        rounds("one worker killed, in reduce", random -> kill(1, Phase.REDUCE, random));
    }

    @Test
    void halfTheWorkersAreKilled() throws InterruptedException {
        rounds("half the workers killed at once, in any phase", random -> kill(
                WORKERS / 2, Phase.any(random), random));
    }

    @Test
    void aWorkerIsKilled_whileNothingWaits() throws InterruptedException {
        rounds("one worker killed, at any time", this::killAtAnyTime);
    }

    private interface RoundOfWorkers {
        Rounds.Figures run(RandomGenerator random) throws Exception;
    }

    /// One after the other.
    private static void rounds(String kind, RoundOfWorkers round) throws InterruptedException {
        Rounds rounds = new Rounds(kind, DEADLINE);
        SHOWN.add(rounds);
        rounds.run(1, random -> {
            workers.awaitAll();
            Rounds.Figures figures = round.run(random);
            assertThat(workers.cluster().memory().reservedBytes()).as("bytes of the client").isZero();
            return figures;
        });
    }

    private static Rounds.Figures kill(int count, Phase phase, RandomGenerator random)
            throws InterruptedException {
        PhasedJob job = PhasedJob.any(workers.newMarks(), random).heldIn(phase, random);
        try (Job running = workers.submit(job.graph())) {
            workers.await(phase, job, running);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
            List<ProcessHandle> struck = workers.some(count, random);
            phase.check(job, running.progress());
            Workers.kill(struck);
            long start = System.nanoTime();
            job.openAll();
            job.check(running);
            return Rounds.Figures.of(job, job.lostWith(struck), start);
        }
    }

    /// What was kept of the job's first layer is made again, as far as it was lost.
    private Rounds.Figures killIdle(RandomGenerator random) {
        PhasedJob job = PhasedJob.any(workers.newMarks(), random);
        job.openAll();
        try (Persisted kept = workers.cluster().persist(job.start(), JobOptions.DEFAULTS, _ -> {
        })) {
            List<ProcessHandle> struck = workers.some(1, random);
            Workers.kill(struck);
            long start = System.nanoTime();
            try (Job running = workers.submit(job.rest())) {
                job.check(running);
            }
            return Rounds.Figures.of(job, job.marks().runsOn(struck).size(), start);
        }
    }

    private Rounds.Figures killAtAnyTime(RandomGenerator random) throws InterruptedException {
        PhasedJob job = PhasedJob.any(workers.newMarks(), random);
        job.openAll();
        try (Job running = workers.submit(job.graph())) {
            TimeUnit.MICROSECONDS.sleep(random.nextInt(300_000));
            List<ProcessHandle> struck = workers.some(1, random);
            Workers.kill(struck);
            long start = System.nanoTime();
            job.check(running);
            return Rounds.Figures.of(job, job.lostWith(struck), start);
        }
    }

    @AfterAll
    static void endWorkers() {
        workers.close();
        Rounds.show(SHOWN);
    }
}
