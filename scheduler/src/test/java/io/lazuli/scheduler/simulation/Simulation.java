package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.TaskStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One world, from its beginning until every job has ended and nothing of it is left: two kinds of cores, driven through a network,
/// machines and a client that are all made up, by one thread and in virtual time. Faults come as the [Scenario] says and stop at
/// some time; after that, everything must end.
///
/// ```
///   client --> scheduler's core <==== sessions over a bad network ====> workers' cores --> threads, store, disk
///                                                                            \--- results between workers ---/
/// ```
///
/// What must hold is checked where it happens: [Ledger] (what the scheduler says), [SimulatedJob] and [Execution] (what runs, on which
/// inputs), [SimulatedClient] (what arrives), [Judgement] (how jobs end), the cores' own `validate`, and at the end that
/// nothing is left. The same seed always gives the same trace.
public final class Simulation {
    /// How long everything may take once all is well, on top of what the tasks take.
    private static final long PATIENCE_NANOS = 400 * Times.SECOND;
    private static final long MOST_HAPPENINGS = 400_000;
    /// What one start of a task may bring about. Seed 6248 starts 8,377 tasks, with a million happenings.
    private static final long MOST_FOR_A_TASK = 100;
    /// How often something happens by itself: the scheduler and its workers let time pass ten times a second, and are heard.
    private static final long BEAT_NANOS = 20 * Times.MILLISECOND;

    /// Of tasks that are told of when something is wrong.
    private static final EnumSet<TaskStatus> IS_OPEN = EnumSet
            .of(TaskStatus.WAITING, TaskStatus.READY, TaskStatus.LEASED, TaskStatus.EXPANDED, TaskStatus.IN_MEMORY);

    private final World world;
    private final Chaos chaos;

    private Simulation(long seed, boolean isRecorded) {
        this.world = new World(seed, isRecorded);
        this.chaos = new Chaos(world);
    }

    /// Runs a seed. Errors: AssertionError with the last events, the tasks' stories and how to see it again.
    static Statistics run(long seed) {
        Simulation simulation = new Simulation(seed, false);
        try {
            simulation.run();
        } catch (RuntimeException e) {
            throw new AssertionError(again(seed, e), e);
        }
        return simulation.statistics();
    }

    /// Runs a seed, and returns the hash of the text of everything that happened.
    static long trace(long seed) {
        Simulation simulation = new Simulation(seed, true);
        simulation.run();
        return simulation.world.trace.hash();
    }

    /// What is wrong with a seed, in a line; empty if nothing is. For those who look from another class loader.
    public static String complaint(long seed) {
        try {
            new Simulation(seed, false).run();
            return "";
        } catch (RuntimeException | StackOverflowError e) {
            return e.toString();
        }
    }

    /// Runs a failed seed once more, now with its trace, and describes it.
    private static String again(long seed, RuntimeException first) {
        Simulation simulation = new Simulation(seed, true);
        String second = "nothing: the simulation is not deterministic";
        try {
            simulation.run();
        } catch (RuntimeException e) {
            second = e.toString();
        }
        return """
                seed %d: %s
                again: %s
                %s
                %s
                see it again with: mvn -q verify -pl scheduler -am -Dquick -Dsurefire.failIfNoSpecifiedTests=false \
                -Dtest=SimulationTest#replay -Dlazuli.seed=%d"""
                .formatted(
                        seed, first, second, String.join("\n", simulation.world.trace.last()), simulation.situation(),
                        seed);
    }

    private void run() {
        chaos.start();
        runToTheEnd();
        world.client.probe(living());
        runToTheEnd();
        world.scheduler.checkEmpty();
        living().forEach(worker -> worker.process().checkEmpty());
        checkCalm();
    }

    private void runToTheEnd() {
        while (!isOver()) {
            world.agenda.step();
            if (world.isFaulty && world.client.isDone()) {
                chaos.heal();
            }
            World.check(
                    world.agenda.now() < deadlineNanos(), "not over, though nothing was wrong for long: %s",
                    world.client.open());
            World.check(world.agenda.count() < mostHappenings(), "too much happens");
        }
    }

    private long mostHappenings() {
        return MOST_HAPPENINGS + MOST_FOR_A_TASK * world.statistics.tasksStarted + world.agenda.now() / BEAT_NANOS;
    }

    private List<SimulatedWorker> living() {
        return world.workers.stream().filter(worker -> !worker.isRetired()).toList();
    }

    /// True if all jobs are gone, and everybody knows.
    private boolean isOver() {
        return !world.isFaulty && world.client.isDone() && living().stream().allMatch(this::isAtRest);
    }

    private boolean isAtRest(SimulatedWorker worker) {
        return worker.isUp() && !worker.process().isLeaving() && worker.process().isQuiet()
                && world.scheduler.isQuiet(worker.index);
    }

    private long deadlineNanos() {
        return world.scenario.weather().endNanos() + world.ledger.workNanos() + PATIENCE_NANOS;
    }

    /// Without faults every task runs once, in one attempt, whoever leaves.
    private void checkCalm() {
        Statistics statistics = world.statistics;
        boolean isUndisturbed = world.isUndisturbed();
        World.check(
                !isUndisturbed || world.scheduler.core().recomputedCount() == 0,
                "%d results were made again for nothing",
                world.scheduler.core().recomputedCount());
        boolean isPlain = true;
        for (SimulatedJob job : world.ledger.jobs()) {
            isPlain &= !job.isStopped && !job.isUnwanted && !job.isKept && job.parent == null;
        }
        World.check(
                !isUndisturbed || !isPlain || statistics.sum(Fault.FETCH_FAILED) == 0
                        || statistics.sum(Fault.LEAVE) > 0,
                "%d fetches failed for nothing",
                statistics.sum(Fault.FETCH_FAILED));
        for (SimulatedJob job : world.ledger.jobs()) {
            for (int place = 0; isUndisturbed && place < job.finishes.length; place++) {
                World.check(job.finishes[place] <= 1, "task %d of job %d ran %d times to its end", place, job.id,
                        job.finishes[place]);
            }
        }
    }

    private Statistics statistics() {
        Statistics statistics = world.statistics;
        statistics.seeds = 1;
        statistics.happenings = world.agenda.count();
        statistics.recomputed = world.scheduler.core().recomputedCount();
        statistics.virtualNanos = world.agenda.now();
        return statistics;
    }

    /// Where everybody is, when something has gone wrong.
    private String situation() {
        String jobs = world.client.open().stream().map(SimulatedJob::toString).collect(Collectors.joining("\n"));
        String stories = world.client.open().stream()
                .flatMap(job -> IntStream.range(job.first, job.end()).boxed())
                .filter(task -> IS_OPEN.contains(world.scheduler.core().status(task)))
                .limit(20)
                .map(task -> world.scheduler.core().story(task))
                .collect(Collectors.joining("\n"));
        return "%s%n%s%n%s".formatted(world.scenario, jobs, stories);
    }
}
