package io.lazuli.scheduler.simulation;

import io.lazuli.graph.JobProgress;
import io.lazuli.scheduler.internal.core.Effect;
import io.lazuli.scheduler.internal.core.LayerPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All jobs, and what the scheduler has said about them: it must fit together.
final class Ledger {
    private final World world;
    private final Map<Long, SimulatedJob> jobs = new LinkedHashMap<>();
    /// Jobs that are admitted and not forgotten, by first task.
    private final TreeMap<Integer, SimulatedJob> admitted = new TreeMap<>();
    /// Of the last report, until the job that it is about is stopped.
    private String report;
    private long nextId = 1;
    /// More than the jobs' tasks can take, one after the other.
    private long workNanos;

    Ledger(World world) {
        this.world = world;
    }

    SimulatedJob add(Expected expected) {
        workNanos += 3 * expected.workNanos();
        expected.restored().forEach(restored -> workNanos += 3 * restored.workNanos());
        return put(new SimulatedJob(nextId++, expected, null));
    }

    /// What the task at `place` returns in place of its result.
    SimulatedJob expand(SimulatedJob parent, int place) {
        return put(new SimulatedJob(nextId++, parent.expected.expansions.get(place), parent));
    }

    /// What makes a result again that the job at `place` starts from.
    SimulatedJob restore(SimulatedJob parent, int place) {
        Expected restorer = parent.expected.restorer(place);
        workNanos += 3 * restorer.workNanos();
        return put(new SimulatedJob(nextId++, restorer, parent));
    }

    private SimulatedJob put(SimulatedJob job) {
        jobs.put(job.id, job);
        return job;
    }

    SimulatedJob job(long id) {
        SimulatedJob job = jobs.get(id);
        World.check(job != null, "there is no job %d", id);
        return job;
    }

    /// Deriving everything anew costs more than the number of tasks, so with many it is not done every time.
    int validationInterval() {
        int tasks = admitted.isEmpty() ? 0 : admitted.lastEntry().getValue().end();
        return tasks < 150 ? 1 : tasks / 10;
    }

    long workNanos() {
        return workNanos;
    }

    Iterable<SimulatedJob> jobs() {
        return jobs.values();
    }

    /// Ids of jobs of which the scheduler still knows something, in the order of submission.
    List<SimulatedJob> admitted() {
        List<SimulatedJob> known = new ArrayList<>(admitted.values());
        known.sort((a, b) -> Long.compare(a.id, b.id));
        return known;
    }

    /// Whose task this is now; null if no job's.
    SimulatedJob owner(int task) {
        Map.Entry<Integer, SimulatedJob> entry = admitted.floorEntry(task);
        return entry != null && task < entry.getValue().end() ? entry.getValue() : null;
    }

    /// True if the job that keeps what another one starts from is making that at the moment.
    private boolean isInTheMaking(SimulatedJob heir, int place) {
        LayerPlan held = heir.expected.layerOf(place);
        SimulatedJob keeper = jobs.get(held.held().keeper());
        if (keeper == null || keeper.isStopped || keeper.state != JobProgress.State.RUNNING) {
            return false;
        }
        int output = keeper.expected.outputLayer().offset() + place - held.offset();
        return !keeper.offered.contains(output) && !keeper.taken.contains(output);
    }

    void note(Effect effect) {
        switch (effect) {
            case Effect.AdmitJob admit -> admit(job(admit.job()), admit.firstTask());
            case Effect.RunTasks run -> {
                SimulatedJob job = job(run.job());
                World.check(!job.isStopped && !job.isForgotten, "a stopped job runs on: %s", run);
                for (int task = run.firstTask(); task < run.firstTask() + run.count(); task++) {
                    World.check(job.expected.needed[job.place(task)], "nobody needs task %d: %s", task, run);
                }
            }
            case Effect.OfferResult offer -> {
                SimulatedJob job = job(offer.job());
                int place = job.place(offer.task());
                World.check(job.isOutput(place), "this is no output: %s", offer);
                World.check(!job.taken.contains(place), "offered again after it was taken: %s", offer);
                World.check(job.offered.add(place), "offered twice: %s", offer);
            }
            case Effect.WithdrawResult withdraw -> {
                SimulatedJob job = job(withdraw.job());
                World.check(job.offered.remove(job.place(withdraw.task())), "it was not offered: %s", withdraw);
            }
            case Effect.StopJob stop -> stop(job(stop.job()), stop.task());
            case Effect.ReportRowLoss loss -> report = "row loss " + layer(loss.job(), loss.layer());
            case Effect.ReportUnrunnable unrunnable ->
                report = "unrunnable " + layer(unrunnable.job(), unrunnable.layer());
            case Effect.ReportDeadly deadly -> {
                World.check(
                        deadly.deaths() >= world.scenario.core().deadlyAttempts(), "blamed too soon: %s", deadly);
                SimulatedJob job = job(deadly.job());
                report = "deadly " + job.expected.name(job.place(deadly.task()));
            }
            case Effect.ReportHeldLost lost -> report = "held result " + lost.task();
            case Effect.RestoreResult restore -> {
                SimulatedJob job = job(restore.job());
                World.check(!world.isUndisturbed(), "nothing was lost: %s", restore);
                World.check(!job.isStopped && !job.isForgotten, "a stopped job restores: %s", restore);
                World.check(
                        job.expected.layerOf(job.place(restore.task())).isHeld(), "the job makes it itself: %s",
                        restore);
                World.check(!isInTheMaking(job, job.place(restore.task())), "its keeper makes it already: %s", restore);
            }
            case Effect.ReportUnreadable unreadable -> {
                World.check(
                        unreadable.losses() >= world.scenario.core().mostLosses(), "given up too soon: %s", unreadable);
                SimulatedJob job = job(unreadable.job());
                report = "unreadable " + job.expected.name(job.place(unreadable.task()));
            }
            case Effect.ReopenJob reopen -> {
                SimulatedJob job = job(reopen.job());
                World.check(job.state == JobProgress.State.SUCCEEDED, "it had not succeeded: %s", reopen);
                job.state = JobProgress.State.RUNNING;
            }
            case Effect.FinishJob finish -> {
                SimulatedJob job = job(finish.job());
                World.check(job.state == JobProgress.State.RUNNING, "finished twice: %s", finish);
                job.state = finish.state();
            }
            case Effect.ForgetJob forget -> forget(job(forget.job()));
            case Effect.LocateResults _,Effect.RevokeTasks _,Effect.RecallTasks _,Effect.KeepResults _,Effect.RedirectResults _,Effect.ReleaseResults _,Effect.AdoptResult _,Effect.DismissWorker _ ->
                {}
        }
    }

    private void admit(SimulatedJob job, int first) {
        World.check(job.first < 0, "admitted twice: %s", job);
        job.first = first;
        SimulatedJob before = owner(first);
        SimulatedJob after = owner(job.end() - 1);
        World.check(before == null && after == null, "ids of %s are those of others too", job);
        admitted.put(first, job);
    }

    private void stop(SimulatedJob job, int task) {
        World.check(!job.isStopped, "stopped twice: %s", job);
        job.isStopped = true;
        job.reason = reason(job, task);
        report = null;
    }

    private String layer(long job, int layer) {
        return job(job).expected.plan.layers().get(layer).token().abbreviation();
    }

    /// The report just before, or that of what one of its tasks expanded to; null if the job is just not wanted any more.
    private String reason(SimulatedJob job, int task) {
        if (report != null) {
            return report;
        }
        for (SimulatedJob child : admitted.values()) {
            if (child.parent == job && child.reason != null) {
                return child.reason;
            }
        }
        return task == Effect.NO_TASK ? null : "failed " + job.expected.name(job.place(task));
    }

    /// A graph that was returned too late is forgotten without ever having been admitted.
    private void forget(SimulatedJob job) {
        World.check(!job.isForgotten, "forgotten twice: %s", job);
        World.check(job.first < 0 || job.state != JobProgress.State.RUNNING, "forgotten before its end: %s", job);
        World.check(job.first >= 0 || job.parent != null, "forgotten before it was admitted: %s", job);
        job.isForgotten = true;
        admitted.remove(job.first, job);
    }
}
