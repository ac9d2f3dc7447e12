package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.tests.Signals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// The only scheduler stands still, or gets hardly any processor: for longer than a client may be silent. Its own silence is nobody
/// else's: client and workers stay, and nothing is made again.
@EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
class FrozenSchedulerTest {
    private static final int WORKERS = 3;
    /// A round waits most of the time, so several share the processors.
    private static final int AT_ONCE = 5;
    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final int FROZEN_SECONDS = 45;
    private static final int STARVED_SECONDS = 60;
    private static final long AWAKE_MILLIS = 20;
    private static final long ASLEEP_MILLIS = 480;
    private static final List<Rounds> SHOWN = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void itIsFrozen_longerThanAClientMayBeSilent() throws InterruptedException {
        Rounds rounds = new Rounds("the scheduler frozen for 45 s, in any phase", DEADLINE);
        SHOWN.add(rounds);
        rounds.run(AT_ONCE, random -> {
            try (Workers workers = Workers.start(WORKERS, 2, folder)) {
                workers.awaitAll();
                return freeze(workers, random);
            }
        });
    }

    private static Rounds.Figures freeze(Workers workers, RandomGenerator random) throws InterruptedException {
        Phase phase = Phase.any(random);
        PhasedJob job = PhasedJob.any(workers.newMarks(), random).heldIn(phase, random);
        List<ProcessHandle> before = workers.cluster().workerProcesses();
        try (Job running = workers.submit(job.graph())) {
            workers.await(phase, job, running);
            phase.check(job, running.progress());
            ProcessHandle scheduler = workers.cluster().schedulerProcess().orElseThrow();
            Signals.send("STOP", scheduler);
            long start = System.nanoTime();
            job.openAll();
            TimeUnit.SECONDS.sleep(FROZEN_SECONDS);
            Signals.send("CONT", scheduler);
            job.check(running);
            workers.awaitAll();
            assertThat(workers.cluster().workerProcesses()).containsExactlyElementsOf(before);
            return Rounds.Figures.of(job, 0, start);
        }
    }

    @Test
    void itIsStarved_whileAllStart() throws InterruptedException {
        Rounds rounds = new Rounds("the scheduler awake for 4% of a minute", DEADLINE);
        SHOWN.add(rounds);
        rounds.run(AT_ONCE, random -> {
            try (Workers workers = Workers.start(WORKERS, 2, folder)) {
                long start = System.nanoTime();
                ProcessHandle scheduler = workers.cluster().schedulerProcess().orElseThrow();
                CompletableFuture<Void> starving = CompletableFuture.runAsync(() -> starve(scheduler));
                PhasedJob job = PhasedJob.any(workers.newMarks(), random);
                job.openAll();
                do {
                    workers.awaitAll();
                } while (!starving.isDone());
                starving.join();
                try (Job running = workers.submit(job.graph())) {
                    job.check(running);
                }
                return Rounds.Figures.of(job, 0, start);
            }
        });
    }

    private static void starve(ProcessHandle scheduler) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARVED_SECONDS);
        try {
            while (System.nanoTime() < end) {
                Signals.send("STOP", scheduler);
                TimeUnit.MILLISECONDS.sleep(ASLEEP_MILLIS);
                Signals.send("CONT", scheduler);
                TimeUnit.MILLISECONDS.sleep(AWAKE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @AfterAll
    static void show() {
        Rounds.show(SHOWN);
    }
}
