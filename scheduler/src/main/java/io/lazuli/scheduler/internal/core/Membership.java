package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The workers: who is here, who is silent, who is gone.
///
/// ```
///   joined -> ACTIVE <--spoke--> SUSPECT --still silent, or known dead--> GONE
///                \--asked to end--> LEAVING --results are with others------^
/// ```
///
/// One is suspect that is silent, or of which a hint says that it may be gone. The lease is the only authority: a worker that is gone may go on working, but nothing that it says is heard, and it is told
/// to join anew as soon as it speaks.
final class Membership {
    private final SchedulerCore core;
    /// The last incarnation under each index; null where none ever joined.
    private final List<@Nullable WorkerState> workers = new ArrayList<>();
    private int threadCount;
    private int presentCount;

    Membership(SchedulerCore core) {
        this.core = core;
    }

    int size() {
        return workers.size();
    }

    @Nullable
    WorkerState get(int index) {
        return workers.get(index);
    }

    /// One that has joined, and may be gone.
    WorkerState known(int index) {
        return Objects.requireNonNull(workers.get(index), "no such worker");
    }

    /// Of workers that are not gone.
    int threadCount() {
        return threadCount;
    }

    /// Workers that are not gone.
    int presentCount() {
        return presentCount;
    }

    /// Who says something: null if it must not be heard. Whoever is heard is alive.
    @Nullable
    WorkerState speaker(int index, int incarnation) {
        WorkerState worker = index < workers.size() ? workers.get(index) : null;
        if (worker == null || worker.incarnation != incarnation || worker.isGone()) {
            core.out.dismissWorker(index, incarnation);
            return null;
        }
        worker.heardNanos = core.now;
        if (worker.status == WorkerState.Status.SUSPECT) {
            worker.status = WorkerState.Status.ACTIVE;
            core.assignment.hasRoom(worker, 0);
        }
        return worker;
    }

    void joined(int index, int incarnation, WorkerProfile profile) {
        while (workers.size() <= index) {
            workers.add(null);
        }
        WorkerState before = workers.get(index);
        if (before != null && before.incarnation >= incarnation) {
            core.countStale();
            return;
        }
        if (before != null && !before.isGone()) {
            lose(before, true);
        }
        workers.set(index, new WorkerState(index, incarnation, profile, core.now));
        threadCount += profile.threads();
        presentCount++;
        core.transitions().workerJoined(index, profile.threads());
    }

    /// Somebody says that it may be gone. Only silence, or certainty, makes it so.
    void suspected(int index, int incarnation) {
        WorkerState worker = index < workers.size() ? workers.get(index) : null;
        if (worker != null && worker.incarnation == incarnation && worker.isActive()) {
            suspect(worker);
        }
    }

    void timePassed() {
        for (WorkerState worker : workers) {
            if (worker == null || worker.isGone()) {
                continue;
            }
            long silence = core.now - worker.heardNanos;
            if (silence >= core.options.evictNanos()) {
                lose(worker, true);
            } else if (silence >= core.options.suspectNanos() && worker.isActive()) {
                suspect(worker);
            }
        }
    }

    /// What it is not known to run is given to others; what it runs, and the results it holds, stay its own for now.
    private void suspect(WorkerState worker) {
        worker.status = WorkerState.Status.SUSPECT;
        core.assignment.forget(worker);
        for (int task : core.recovery.heldBy(worker, TaskStatus.LEASED)) {
            if (!core.tasks.has(task, TaskTable.RUNS_LONG)) {
                core.out.revokeTask(worker.index, task, core.tasks.attempt(task));
                core.recovery.takeBack(worker, task);
            }
        }
    }

    /// The worker is gone, with all that it held.
    ///
    /// @param blames what it was running may be the cause
    void lose(WorkerState worker, boolean blames) {
        worker.status = WorkerState.Status.GONE;
        threadCount -= worker.profile.threads();
        presentCount--;
        core.transitions().workerLeft(worker.index);
        core.assignment.forget(worker);
        core.departures.end(worker);
        for (LayerState layer : core.layers) {
            if (layer != null) {
                layer.forgetWorker(worker.index);
            }
        }
        core.out.dismissWorker(worker.index, worker.incarnation);
        core.recovery.loseResultsOf(worker);
        boolean wasAlone = core.assignment.endIsolation(worker);
        for (int task : core.recovery.heldBy(worker, TaskStatus.LEASED)) {
            if (blames && core.layerOf(task).job.isRunning()) {
                core.recovery.blame(task, wasAlone);
            }
            if (core.tasks.status(task) == TaskStatus.LEASED) {
                core.recovery.takeBack(worker, task);
            }
        }
    }
}
