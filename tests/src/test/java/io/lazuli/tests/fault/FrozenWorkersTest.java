package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.graph.Job;
import io.lazuli.tests.Signals;
import io.lazuli.tests.job.Marks;
import io.lazuli.tests.job.Shuffled;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes stand still, as in a long pause of their collector or of their machine. A short while is waited for; after a
/// minute a worker is taken for dead, and begins anew when it goes on.
@EnabledIfSystemProperty(named = "lazuli.faults", matches = ".+")
class FrozenWorkersTest {
    private static final int WORKERS = 3;
    /// A round waits most of the time, so several share the processors.
    private static final int AT_ONCE = 5;
    private static final List<Rounds> SHOWN = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void aWorkerIsFrozen_for20Seconds() throws InterruptedException {
        rounds("one worker frozen for 20 s, in any phase", Duration.ofSeconds(120), this::freezeShortly);
    }

    @Test
    void aWorkerIsFrozen_for90Seconds() throws InterruptedException {
        rounds("one worker frozen for 90 s, in any phase", Duration.ofSeconds(240), this::freezeLong);
    }

    private interface RoundOfWorkers {
        Rounds.Figures run(Workers workers, RandomGenerator random) throws Exception;
    }

    private void rounds(String kind, Duration deadline, RoundOfWorkers round) throws InterruptedException {
        Rounds rounds = new Rounds(kind, deadline);
        SHOWN.add(rounds);
        rounds.run(AT_ONCE, random -> {
            try (Workers workers = Workers.start(WORKERS, 2, folder)) {
                workers.awaitAll();
                return round.run(workers, random);
            }
        });
    }

    /// It keeps its life: what it held is not made again.
    private Rounds.Figures freezeShortly(Workers workers, RandomGenerator random) throws InterruptedException {
        Phase phase = Phase.any(random);
        PhasedJob job = PhasedJob.any(workers.newMarks(), random).heldIn(phase, random);
        try (Job running = workers.submit(job.graph())) {
            workers.await(phase, job, running);
            ProcessHandle frozen = busiest(workers, job);
            phase.check(job, running.progress());
            Signals.send("STOP", frozen);
            long start = System.nanoTime();
            List<Marks.Run> held = job.marks().runsOn(List.of(frozen));
            job.openAll();
            TimeUnit.SECONDS.sleep(20);
            Signals.send("CONT", frozen);
            job.check(running);

            Set<Marks.Task> ended = ended(held);
            assertThat(job.marks().runs().stream().map(Marks.Run::task).filter(ended::contains))
                    .as("runs of tasks that had ended on the frozen worker")
                    .hasSameSizeAs(ended);
            workers.awaitAll();
            assertThat(workers.cluster().workerProcesses()).contains(frozen);
            // What it had not said to have begun was given to others, and it may have run that too when it went on.
            return Rounds.Figures.of(job, job.marks().runsOn(List.of(frozen)).size() - ended.size(), start);
        }
    }

    /// It is given up, and what it held and others need is made again. When it goes on in the middle of the job, nobody listens to what
    /// it still says, and it begins a new life in the same process.
    private Rounds.Figures freezeLong(Workers workers, RandomGenerator random) throws InterruptedException {
        Phase phase = Phase.any(random);
        PhasedJob job = PhasedJob.any(workers.newMarks(), random).heldIn(phase, random);
        try (Job running = workers.submit(job.graph())) {
            workers.await(phase, job, running);
            ProcessHandle frozen = busiest(workers, job);
            phase.check(job, running.progress());
            Signals.send("STOP", frozen);
            long start = System.nanoTime();
            Set<Marks.Task> held = ended(job.marks().runsOn(List.of(frozen)));
            job.marks().open(Shuffled.MAKE);
            job.marks().open(Shuffled.ADD);
            TimeUnit.SECONDS.sleep(50);
            // Sums not known to have begun go to others after five seconds. These may have read their inputs before the worker stood
            // still; if all sums are made when it is given up, after a minute, nobody needs what it held.
            boolean isNeeded = phase == Phase.MAP || sums(madeByOthers(job, frozen)) < job.consumers();
            TimeUnit.SECONDS.sleep(40);
            Workers.await(() -> PhasedJob.finished(running.progress(), Shuffled.ADD) == job.consumers());
            Set<Marks.Task> made = madeByOthers(job, frozen);
            assertThat(made).as("made again while the worker was frozen").containsAll(isNeeded ? held : Set.of());
            assertThat(sums(made)).as("sums made by others").isEqualTo(job.consumers());
            Signals.send("CONT", frozen);
            workers.awaitAll();
            assertThat(workers.cluster().workerProcesses()).contains(frozen);
            job.openAll();
            job.check(running);
            return Rounds.Figures.of(job, job.lostWith(List.of(frozen)), start);
        }
    }

    private static Set<Marks.Task> ended(List<Marks.Run> runs) {
        return runs.stream().filter(Marks.Run::hasEnded).map(Marks.Run::task).collect(Collectors.toSet());
    }

    private static Set<Marks.Task> madeByOthers(PhasedJob job, ProcessHandle frozen) {
        return ended(job.marks().runs().stream().filter(run -> run.process() != frozen.pid()).toList());
    }

    private static long sums(Set<Marks.Task> tasks) {
        return tasks.stream().filter(task -> task.layer().equals(Shuffled.ADD)).count();
    }

    /// The worker that holds most of the job's results.
    private static ProcessHandle busiest(Workers workers, PhasedJob job) {
        return workers.cluster().workerProcesses().stream()
                .max(Comparator.comparing(worker -> job.marks().runsOn(List.of(worker)).stream()
                        .filter(Marks.Run::hasEnded)
                        .count()))
                .orElseThrow();
    }

    @AfterAll
    static void show() {
        Rounds.show(SHOWN);
    }
}
