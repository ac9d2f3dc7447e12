package io.lazuli.scheduler.simulation;

import io.lazuli.scheduler.internal.core.Effect;
import io.lazuli.scheduler.internal.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who has which task in hand, by what the scheduler orders and workers answer: no task is leased twice at once, and what is to run
/// alone is.
final class Leases {
    private record Lease(int incarnation, int attempt, boolean isAlone) {}

    /// By worker: its tasks.
    private final List<Map<Integer, Lease>> leases = new ArrayList<>();
    /// By worker: who joined last.
    private final int[] incarnations;

    Leases(int workers) {
        this.incarnations = new int[workers];
        for (int w = 0; w < workers; w++) {
            leases.add(new TreeMap<>());
        }
    }

    void note(Event event) {
        switch (event) {
            case Event.WorkerJoined e -> incarnations[e.worker()] = e.incarnation();
            case Event.TaskFinished e -> end(e.worker(), e.task(), e.attempt());
            case Event.TaskExpanded e -> end(e.worker(), e.task(), e.attempt());
            case Event.TaskFailed e -> end(e.worker(), e.task(), e.attempt());
            case Event.TaskReturned e -> end(e.worker(), e.task(), e.attempt());
            case Event.JobSubmitted _,Event.JobCancelled _,Event.JobClosed _,Event.ResultTaken _,Event.RestorationSubmitted _,Event.TimePassed _,Event.WorkerSuspected _,Event.WorkerDied _,Event.WorkerHeard _,Event.WorkerHasRoom _,Event.TaskRunsLong _,Event.ResultLost _,Event.WorkerLeaves _,Event.ResultKept _,Event.ResultDeclined _,Event.ResultStuck _ ->
                {}
        }
    }

    private void end(int worker, int task, int attempt) {
        Lease lease = leases.get(worker).get(task);
        if (lease != null && lease.attempt == attempt) {
            leases.get(worker).remove(task);
        }
    }

    void note(Effect.RunTasks run) {
        Map<Integer, Lease> ofWorker = leases.get(run.worker());
        World.check(!run.alone() || ofWorker.isEmpty(), "not alone, beside %s: %s", ofWorker, run);
        World.check(ofWorker.values().stream().noneMatch(Lease::isAlone), "beside what is alone: %s", run);
        for (int task = run.firstTask(); task < run.firstTask() + run.count(); task++) {
            for (Map<Integer, Lease> others : leases) {
                World.check(!others.containsKey(task), "task %d is leased already: %s", task, run);
            }
            ofWorker.put(task, new Lease(incarnations[run.worker()], run.attempt(), run.alone()));
        }
    }

    /// True if the worker has no task in hand.
    boolean isIdle(int worker) {
        return leases.get(worker).isEmpty();
    }

    void note(Effect.RevokeTasks revoke) {
        for (int task = revoke.firstTask(); task < revoke.firstTask() + revoke.count(); task++) {
            end(revoke.worker(), task, revoke.attempt());
        }
    }

    void note(Effect.DismissWorker dismiss) {
        leases.get(dismiss.worker()).values().removeIf(lease -> lease.incarnation <= dismiss.incarnation());
    }
}
