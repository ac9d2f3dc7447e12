package io.lazuli.scheduler.internal.worker;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Derives the state of a worker's core anew from its tasks, and compares.
final class WorkerInvariants {
    private final WorkerCore core;
    private final Deque<WorkerCore.Run> queued;
    private final Deque<WorkerCore.Run> deferred;
    private final Deque<WorkerCore.Run> lonely;
    private final Threads threads;

    WorkerInvariants(
            WorkerCore core,
            Deque<WorkerCore.Run> queued,
            Deque<WorkerCore.Run> deferred,
            Deque<WorkerCore.Run> lonely,
            Threads threads) {
        this.core = core;
        this.queued = queued;
        this.deferred = deferred;
        this.lonely = lonely;
        this.threads = threads;
    }

    void check() {
        Map<Integer, Integer> listed = new HashMap<>();
        queued.forEach(run -> list(run, listed));
        deferred.forEach(run -> list(run, listed));
        lonely.forEach(run -> list(run, listed));
        listed.forEach((task, times) -> require(times == 1, "task " + task + " is queued " + times + " times"));
        int known = 0;
        for (LocalJob job : core.jobs.values()) {
            for (int task = job.first(); task < job.end(); task++) {
                known += core.tasks.is(task, TaskStates.ABSENT) ? 0 : 1;
                boolean waits = core.tasks.isLeased(task) && !core.tasks.is(task, TaskStates.STARTED);
                if (waits && core.copies.hasInputs(job, task)) {
                    require(listed.containsKey(task), "task " + task + " could run and is not queued");
                }
            }
        }
        require(known == core.tasks.count(), "tasks of no known job: " + (core.tasks.count() - known));
        require(threads.idleCount() + threads.busyCount() == core.options().threads(),
                "threads are not what they were");
    }

    /// Runs may hold tasks that have left; these are passed over later.
    private void list(WorkerCore.Run run, Map<Integer, Integer> listed) {
        for (int task = run.first(); task < run.first() + run.count(); task++) {
            boolean waits = core.tasks.isLeased(task)
                    && !core.tasks.is(task, TaskStates.STARTED)
                    && core.tasks.attempt(task) == run.attempt();
            if (waits) {
                listed.merge(task, 1, Integer::sum);
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("invariant of a worker broken: " + otherwise);
        }
    }
}
