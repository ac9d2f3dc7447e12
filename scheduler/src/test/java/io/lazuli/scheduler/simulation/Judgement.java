package io.lazuli.scheduler.simulation;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.TreeSet;

/// How a job must end, by what its tasks are like, and whether it did.
final class Judgement {
    private final World world;
    private final SimulatedJob job;
    /// Reasons for which it may fail, in the scheduler's words but with places in place of ids; of expansions with depth.
    private final TreeSet<String> reasons = new TreeSet<>();
    /// The same, where it depends on chance: a worker may die more often than the task kills it.
    private final TreeSet<String> chances = new TreeSet<>();
    private boolean neverEnds;
    /// Some task may take so long that it fails for that, if its worker stands still.
    private boolean hasTimeouts;
    private boolean hasGreed;
    private boolean hasRestrictions;

    Judgement(World world, SimulatedJob job) {
        this.world = world;
        this.job = job;
        examine(job.expected);
        job.expected.restored().forEach(this::examineRestored);
    }

    /// True if a task of it does not end and is given all the time in the world.
    boolean neverEnds() {
        return neverEnds;
    }

    private void examine(Expected expected) {
        for (LayerPlan layer : expected.plan.layers()) {
            for (int p = 0; !layer.isHeld() && p < layer.partitionCount(); p++) {
                if (expected.needed[layer.offset() + p]) {
                    examine(expected, layer, p);
                }
            }
        }
    }

    /// What the job starts from may have to be made again, and anything may happen then that did not before.
    private void examineRestored(Expected restored) {
        TreeSet<String> own = new TreeSet<>(reasons);
        boolean endsNever = neverEnds;
        examine(restored);
        chances.addAll(reasons);
        reasons.retainAll(own);
        neverEnds = endsNever;
    }

    private void examine(Expected expected, LayerPlan layer, int partition) {
        int place = layer.offset() + partition;
        boolean hasTimeout = layer.terms().timeoutNanos() > 0;
        hasTimeouts |= hasTimeout;
        boolean isRestricted = !layer.terms().workers().isEmpty() || !layer.terms().resources().isEmpty();
        hasRestrictions |= isRestricted;
        if (!world.scenario.hasWorkerFor(layer.terms().workers(), layer.terms().resources())) {
            reasons.add("unrunnable " + layer.token().abbreviation());
        }
        Work work = Expected.work(layer);
        String failed = "failed " + Expected.name(layer, partition);
        switch (work.temper(partition)) {
            case Temper.Flaky flaky when flaky.times() > layer.terms().retries() ->
                (world.isUndisturbed() ? reasons : chances).add(failed);
            case Temper.Broken _ -> reasons.add(failed);
            case Temper.Endless _ when hasTimeout -> reasons.add(failed);
            case Temper.Endless _ -> neverEnds = true;
            case Temper.Deadly deadly -> {
                String kills = "deadly " + Expected.name(layer, partition);
                (deadly.times() >= world.scenario.core().deadlyAttempts() ? reasons : chances).add(kills);
            }
            case Temper.Greedy greedy -> {
                hasGreed = true;
                if (greedy.extraBytes() + work.grantBytes() > world.scenario.workerBytes()) {
                    reasons.add(failed);
                }
            }
            case Temper.Leaky _ when expected.isWhole(layer) && expected.exchangedRows(place) > 0 ->
                reasons.add("row loss " + layer.token().abbreviation());
            case Temper.Expanding _ -> examine(expected.expansions.get(place));
            case Temper.Plain _, Temper.Flaky _, Temper.Leaky _, Temper.Waiting _, Temper.Passing _ -> {}
        }
    }

    void check() {
        world.statistics.countEnd(job.state == JobProgress.State.FAILED ? kind(job.reason) : job.state.toString());
        switch (job.state) {
            case RUNNING -> throw new Violation("forgotten while it runs: " + job);
            case SUCCEEDED -> {
                World.check(reasons.isEmpty() && !neverEnds, "job %d succeeded in spite of %s", job.id, reasons);
                World.check(
                        job.isUnwanted || job.isAllTaken(), "not everything was offered and taken: %s", job);
            }
            case CANCELLED -> World.check(job.isUnwanted, "nobody cancelled it: %s", job);
            case FAILED -> World.check(
                    job.reason != null && (reasons.contains(job.reason) || chances.contains(job.reason)
                            || isExcused(kind(job.reason))),
                    "job %d failed with '%s', expected one of %s", job.id, job.reason, reasons);
        }
    }

    /// True if faults can have brought the job to its end.
    private boolean isExcused(String kind) {
        Statistics seen = world.statistics;
        boolean wereWorkersAway =
                seen.sum(Fault.CRASH, Fault.SILENT_CRASH, Fault.FREEZE, Fault.PARTITION, Fault.CLOG, Fault.REJOIN) > 0;
        return switch (kind) {
            case "deadly" -> wereWorkersAway;
            case "unreadable" -> seen.sum(Fault.DISK_CORRUPT, Fault.DISK_READ_FAILED, Fault.FETCH_FAILED) > 0;
            case "unrunnable" ->
                hasRestrictions && (wereWorkersAway || seen.sum(Fault.DEADLY_TASK, Fault.LEAVE) > 0);
            case "failed" -> mayTimeOut(wereWorkersAway) || mayStarve();
            default -> false;
        };
    }

    /// A worker stood still, what a task waited for took its time, or it ran on the thread of a task that waited and was given up.
    private boolean mayTimeOut(boolean wereWorkersAway) {
        Statistics seen = world.statistics;
        return hasTimeouts && (wereWorkersAway || seen.sum(Fault.DISK_SLOW) > 0 || seen.waits > 0)
                || seen.waits > 0 && seen.sum(Fault.THREAD_ABANDONED) > 0;
    }

    /// Somebody held memory who could neither be waited for nor written to disk.
    private boolean mayStarve() {
        Statistics seen = world.statistics;
        return hasGreed && (seen.waits > 0 || seen.sum(Fault.DISK_FULL, Fault.THREAD_ABANDONED) > 0);
    }

    private static String kind(String reason) {
        return reason == null ? "no reason" : reason.substring(0, reason.indexOf(' '));
    }
}
