package io.lazuli.tests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.lazuli.tests.job.Marks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/// Rounds of some kind of fault: each from a seed of its own and within a deadline.
///
/// `-Dlazuli.faults=N` runs N of each kind, and the slow kinds too; `-Dlazuli.faults.seed=S` starts at that seed.
final class Rounds {
    static final int COUNT = Integer.getInteger("lazuli.faults", 1);
    private static final long FIRST_SEED = Long.getLong("lazuli.faults.seed", System.nanoTime() & 0xFFFFFF);

    private final String kind;
    private final Duration deadline;
    private final List<Figures> figures = new ArrayList<>();

    /// One fault, and all that follows from it.
    interface Round {
        Figures run(RandomGenerator random) throws Exception;
    }

    /// What a round showed.
    ///
    /// @param tasks of the job
    /// @param again runs of its tasks' code beyond one for each
    /// @param lost  runs that were lost with those that were struck
    /// @param nanos from the strike to the job's end
    record Figures(int tasks, int again, int lost, long nanos) {
        /// Of a job that is done. Fails if more ran again than was lost.
        ///
        /// @param lost  runs whose results were lost, or whose ends
        /// @param start of the strike
        static Figures of(PhasedJob job, int lost, long start) {
            long nanos = System.nanoTime() - start;
            List<Marks.Run> runs = job.marks().runs();
            assertThat(job.marks().endedRuns().stream().map(Marks.Run::task).distinct())
                    .hasSize(job.taskCount());
            int again = runs.size() - job.taskCount();
            assertThat(again).as("runs again, of " + runs).isLessThanOrEqualTo(lost);
            return new Figures(job.taskCount(), again, lost, nanos);
        }
    }

    /// @param deadline of each round
    Rounds(String kind, Duration deadline) {
        this.kind = kind;
        this.deadline = deadline;
    }

    /// Runs all of them, `width` at a time.
    void run(int width, Round round) throws InterruptedException {
        ExecutorService turns = Executors.newFixedThreadPool(width);
        // A round that hangs must not hang the test.
        ExecutorService rounds = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        try {
            List<Callable<Figures>> all = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                long seed = FIRST_SEED + i;
                all.add(() -> within(seed, rounds, round));
            }
            AssertionError failures = new AssertionError("rounds of " + kind + " failed");
            for (Future<Figures> ended : turns.invokeAll(all)) {
                try {
                    figures.add(ended.get());
                } catch (ExecutionException e) {
                    failures.addSuppressed(e.getCause());
                }
            }
            if (failures.getSuppressed().length > 0) {
                throw failures;
            }
        } finally {
            turns.shutdownNow();
            rounds.shutdownNow();
        }
    }

    private Figures within(long seed, ExecutorService rounds, Round round) throws Exception {
        Future<Figures> running = rounds.submit(() -> round.run(new SplittableRandom(seed)));
        try {
            return running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(called(seed), e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            throw new AssertionError(called(seed) + " took longer than " + deadline, e);
        }
    }

    private String called(long seed) {
        return kind + " of -Dlazuli.faults.seed=" + seed;
    }

    static void show(List<Rounds> all) {
        System.out.printf("%-48s %6s %6s %6s %6s %9s%n", "fault", "rounds", "tasks", "again", "lost", "slowest");
        all.forEach(System.out::println);
    }

    /// Sums over all rounds.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%-48s %6d %6d %6d %6d %7.1f s", kind, figures.size(),
                figures.stream().mapToInt(Figures::tasks).sum(), figures.stream().mapToInt(Figures::again).sum(),
                figures.stream().mapToInt(Figures::lost).sum(),
                figures.stream().mapToLong(Figures::nanos).max().orElse(0) / 1e9);
    }
}
