package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Results that jobs started from and that are lost. While the job that keeps such a result makes it again anyway, others that started
/// from it wait for that; otherwise it is made for them, see [Effect.RestoreResult].
///
/// ```
///   keeper   x LOST ------ runs again -----> x'
///   heir     x LOST ------ waits ----------> x' adopted
/// ```
final class Heirs {
    private final SchedulerCore core;
    private final TaskTable tasks;
    /// By the keeper's task, which is being made. Those who have gone on in another way are still among them.
    private final Map<Integer, List<Heir>> waiting = new LinkedHashMap<>();

    /// A task of another job, in whose place the result is to be.
    private record Heir(int task, int attempt) {}

    Heirs(SchedulerCore core) {
        this.core = core;
        this.tasks = core.tasks;
    }

    /// Has the result made, by its keeper or for the job alone. The task is WAITING.
    void restore(LayerState layer, int partition) {
        int task = layer.first + partition;
        int source = inTheMaking(layer, partition);
        if (source == Effect.NO_TASK) {
            core.out.restoreResult(layer.job.id, task, tasks.attempt(task));
        } else {
            waiting.computeIfAbsent(source, _ -> new ArrayList<>()).add(new Heir(task, tasks.attempt(task)));
        }
    }

    /// The task of another job that makes the result now; none if no job does.
    private int inTheMaking(LayerState layer, int partition) {
        JobState keeper = core.jobs.get(layer.plan.held().keeper());
        if (keeper == null || !keeper.isRunning()) {
            return Effect.NO_TASK;
        }
        int task = keeper.output().first + partition;
        return switch (tasks.status(task)) {
            case WAITING, READY, LEASED, EXPANDED -> task;
            case IN_MEMORY, RELEASED, FAILED, DROPPED -> Effect.NO_TASK;
        };
    }

    /// A job's output exists.
    void produced(int source) {
        for (Heir heir : take(source)) {
            if (isOpen(heir)) {
                adopt(core.layerOf(heir.task), heir.task, source);
            }
        }
    }

    private void adopt(LayerState layer, int task, int source) {
        tasks.holder[task] = tasks.holder[source];
        tasks.kibibytes[task] = tasks.kibibytes[source];
        core.out.adoptResult(tasks.holder[task], task, tasks.attempt(task), source);
        core.move(task, Transition.HELD);
        core.production.produced(layer, task - layer.first);
    }

    /// A job's output will not exist: who waits for it has it made.
    void gone(int source) {
        for (Heir heir : take(source)) {
            if (isOpen(heir)) {
                core.out.restoreResult(core.layerOf(heir.task).job.id, heir.task, heir.attempt);
            }
        }
    }

    private List<Heir> take(int source) {
        List<Heir> heirs = waiting.isEmpty() ? null : waiting.remove(source);
        return heirs == null ? List.of() : heirs;
    }

    private boolean isOpen(Heir heir) {
        return tasks.status(heir.task) == TaskStatus.WAITING && tasks.attempt(heir.task) == heir.attempt;
    }

    /// Nothing of the job will be made any more.
    void stopped(JobState job) {
        LayerState output = job.output();
        for (int p = 0; !waiting.isEmpty() && p < output.plan.partitionCount(); p++) {
            gone(output.first + p);
        }
    }

    /// Ids of the job's tasks are others' from now on.
    void forget(JobState job) {
        waiting.values().forEach(heirs -> heirs.removeIf(heir -> heir.task >= job.first && heir.task < job.end()));
        waiting.values().removeIf(List::isEmpty);
    }
}
