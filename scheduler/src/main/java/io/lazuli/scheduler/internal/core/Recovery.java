package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes tasks back from workers that lost them, and has lost results made again, with as much of what they were made from as is
/// gone too.
///
/// ```
///   a (released) --> b (lost) --> c (waits)         b LOST, a REVIVED, c STALLED; runs a, b, c
/// ```
///
/// Costs O(tasks) when a worker is lost, O(what is made again and its neighbours) when a single result is.
final class Recovery {
    private final SchedulerCore core;
    private final TaskTable tasks;
    /// Deaths of workers that had the task in hand, for the few that saw any.
    private final Map<Integer, Integer> deaths = new HashMap<>();
    /// How often the task's result could not be read, for the few of which one could not.
    private final Map<Integer, Integer> losses = new HashMap<>();
    /// While results are being lost: tasks to be run again, those before `traced` with their inputs seen to.
    private int[] again = new int[16];
    private int againCount;
    /// The same as a set.
    private final Set<Integer> isAgain = new LinkedHashSet<>();
    /// Layers that were complete before.
    private final Set<LayerState> reopened = new LinkedHashSet<>();
    private long recomputedCount;

    Recovery(SchedulerCore core) {
        this.core = core;
        this.tasks = core.tasks;
    }

    long recomputedCount() {
        return recomputedCount;
    }

    /// Ids of the tasks in this status that are the worker's, ascending within jobs.
    int[] heldBy(WorkerState worker, TaskStatus status) {
        int[] found = new int[16];
        int count = 0;
        for (JobState job : core.jobs.values()) {
            for (int task = job.first; task < job.end(); task++) {
                if (tasks.status[task] == status.ordinal() && tasks.holder[task] == worker.index) {
                    found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                    found[count++] = task;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// The worker does not have the LEASED task any more; if it says otherwise, that is not heard.
    void takeBack(WorkerState worker, int task) {
        LayerState layer = core.layerOf(task);
        core.assignment.unlease(worker, layer, task);
        tasks.attempt[task]++;
        backFrom(layer, task, Transition.REVOKED);
    }

    /// A task that no worker has runs again, unless its job has ended.
    void backFrom(LayerState layer, int task, Transition transition) {
        if (layer.job.isRunning()) {
            core.move(task, transition);
            await(layer, task);
        } else {
            core.move(task, Transition.ABANDONED);
            core.finishIfIdle(layer.job);
        }
    }

    /// As the next attempt.
    void requeue(LayerState layer, int task, Transition transition) {
        tasks.attempt[task]++;
        core.move(task, transition);
        await(layer, task);
    }

    /// The WAITING task waits for what is missing, which is counted anew. What a job started from is not made by it.
    private void await(LayerState layer, int task) {
        tasks.missing[task] = missing(layer, task - layer.first);
        if (tasks.uses[task] == 0) {
            core.production.skip(layer, task - layer.first);
        } else if (layer.plan.isHeld()) {
            core.heirs.restore(layer, task - layer.first);
        } else if (tasks.missing[task] == 0) {
            core.assignment.ready(layer, task);
        }
    }

    /// Inputs of the partition that do not exist; a layer behind a barrier is one.
    int missing(LayerState layer, int partition) {
        int[] count = {0};
        for (Edge edge : layer.plan.inputs()) {
            LayerState producer = layer.job.layers[edge.producer()];
            if (edge.isBarrier()) {
                count[0] += producer.isComplete() ? 0 : 1;
            } else {
                edge.forEachInput(
                        partition, producer.plan.partitionCount(),
                        p -> count[0] += tasks.status(producer.first + p).isProduced() ? 0 : 1);
            }
        }
        return count[0];
    }

    /// A worker died with the task in hand.
    ///
    /// @param wasAlone with nothing else
    void blame(int task, boolean wasAlone) {
        int count = deaths.merge(task, 1, Integer::sum);
        if (count > 1) {
            tasks.set(task, TaskTable.SUSPECT);
        }
        if (wasAlone && count >= core.options.deadlyAttempts()) {
            LayerState layer = core.layerOf(task);
            core.out.reportDeadly(layer.job.id, task, count);
            WorkerState holder = core.workers.known(tasks.holder[task]);
            core.assignment.unlease(holder, layer, task);
            absolve(task);
            core.move(task, Transition.FAILED);
            core.stop(layer.job, JobProgress.State.FAILED, task);
        }
    }

    /// The task has ended without a death.
    void absolve(int task) {
        if (!deaths.isEmpty() && deaths.remove(task) != null) {
            tasks.clear(task, TaskTable.SUSPECT);
        }
    }

    /// Forgets the deaths that a job's tasks saw, and the losses of their results.
    void forget(JobState job) {
        forget(job, deaths);
        forget(job, losses);
    }

    private static void forget(JobState job, Map<Integer, Integer> counts) {
        if (!counts.isEmpty()) {
            counts.keySet().removeIf(task -> task >= job.first && task < job.end());
        }
    }

    /// One result is not where it should be. What a worker that leaves says of its own old results is not about those that others
    /// hold now.
    void lost(WorkerState speaker, int task, int attempt) {
        boolean isOver = speaker.isLeaving() && tasks.holder[task] != speaker.index;
        if (!isKept(task, attempt) || isOver) {
            core.countStale();
            return;
        }
        drop(task, attempt);
        int count = losses.merge(task, 1, Integer::sum);
        JobState job = core.layerOf(task).job;
        if (count >= core.options.mostLosses() && job.isRunning()) {
            core.out.reportUnreadable(job.id, task, count);
            core.stop(job, JobProgress.State.FAILED, task);
        }
    }

    /// One result is of no use where it is, and would be nowhere else: its job, which may have succeeded already, fails.
    void stuck(int task, int attempt) {
        if (!isKept(task, attempt)) {
            core.countStale();
            return;
        }
        drop(task, attempt);
        JobState job = core.layerOf(task).job;
        if (job.isRunning()) {
            core.stop(job, JobProgress.State.FAILED, task);
        }
    }

    private boolean isKept(int task, int attempt) {
        return tasks.status(task) == TaskStatus.IN_MEMORY && tasks.attempt(task) == attempt;
    }

    private void drop(int task, int attempt) {
        core.out.releaseResult(tasks.holder[task], task, attempt);
        lose(new int[] {task});
    }

    void loseResultsOf(WorkerState worker) {
        lose(heldBy(worker, TaskStatus.IN_MEMORY));
    }

    private void lose(int[] lost) {
        for (int task : lost) {
            LayerState layer = core.layerOf(task);
            if (layer.plan.isHeld() && layer.job.parent != null) {
                restart(layer.job);
            } else if (tasks.status(task) != TaskStatus.IN_MEMORY) {
                continue;
            } else if (!layer.plan.isHeld() || layer.job.isRunning()) {
                runAgain(layer, task, Transition.LOST);
            } else {
                // Revived if the job goes on, because another result of it is lost.
                core.move(task, Transition.RELEASED);
                core.production.releaseCopies(task);
            }
        }
        trace();
        for (int i = 0; i < againCount; i++) {
            stallConsumers(again[i]);
        }
        reopened.forEach(this::stallConsumers);
        for (int i = 0; i < againCount; i++) {
            await(core.layerOf(again[i]), again[i]);
        }
        againCount = 0;
        isAgain.clear();
        reopened.clear();
    }

    /// A job that a task expanded to starts from its parent's results. When one is lost, the task runs again.
    private void restart(JobState child) {
        if (child.isRunning()) {
            child.restarts = true;
            core.cancelled(child);
        }
    }

    private void runAgain(LayerState layer, int task, Transition transition) {
        JobState job = layer.job;
        if (job.finished) {
            job.finished = false;
            job.outcome = JobProgress.State.RUNNING;
            core.out.reopenJob(job.id);
        }
        if (layer.isComplete()) {
            reopened.add(layer);
        }
        if (transition == Transition.LOST) {
            job.inMemory -= layer.plan.isHeld() ? 0 : 1;
            if (job.isOutput(layer) && job.parent == null && !tasks.has(task, TaskTable.TAKEN)) {
                core.out.withdrawResult(job.id, task);
            }
        }
        core.move(task, transition);
        tasks.attempt[task]++;
        layer.produced--;
        layer.informNobody();
        job.unproduced++;
        recomputedCount++;
        if (againCount == again.length) {
            again = Arrays.copyOf(again, 2 * againCount);
        }
        again[againCount++] = task;
        isAgain.add(task);
    }

    /// Counts the new uses of inputs, and has those made again that were released: until nothing is added.
    private void trace() {
        Set<LayerState> traced = new LinkedHashSet<>();
        for (int i = 0; i < againCount || traced.size() < reopened.size();) {
            if (i < againCount) {
                int task = again[i++];
                LayerState layer = core.layerOf(task);
                for (Edge edge : layer.plan.inputs()) {
                    LayerState producer = layer.job.layers[edge.producer()];
                    if (!edge.isBarrier()) {
                        edge.forEachInput(
                                task - layer.first, producer.plan.partitionCount(), p -> useAgain(producer, p));
                    }
                }
            } else {
                for (LayerState layer : List.copyOf(reopened)) {
                    if (traced.add(layer)) {
                        useAllAgain(layer);
                    }
                }
            }
        }
    }

    /// The layer was complete, and so had used up what is behind its barriers.
    private void useAllAgain(LayerState layer) {
        for (Edge edge : layer.plan.inputs()) {
            LayerState producer = layer.job.layers[edge.producer()];
            for (int p = 0; edge.isBarrier() && p < producer.plan.partitionCount(); p++) {
                useAgain(producer, p);
            }
        }
    }

    private void useAgain(LayerState producer, int partition) {
        int task = producer.first + partition;
        tasks.uses[task]++;
        if (tasks.status(task) == TaskStatus.RELEASED) {
            runAgain(producer, task, Transition.REVIVED);
        }
    }

    private void stallConsumers(int task) {
        LayerState layer = core.layerOf(task);
        for (Edge edge : layer.plan.uses()) {
            if (!edge.isBarrier()) {
                LayerState consumer = layer.job.layers[edge.consumer()];
                edge.forEachUse(task - layer.first, c -> stall(consumer, c));
            }
        }
    }

    private void stallConsumers(LayerState layer) {
        for (Edge edge : layer.plan.uses()) {
            LayerState consumer = layer.job.layers[edge.consumer()];
            for (int c = 0; edge.isBarrier() && c < consumer.plan.partitionCount(); c++) {
                stall(consumer, c);
            }
        }
    }

    private void stall(LayerState consumer, int partition) {
        int task = consumer.first + partition;
        if (isAgain.contains(task)) {
            return;
        }
        if (tasks.status(task) == TaskStatus.READY) {
            core.assignment.unready(consumer, task);
            core.move(task, Transition.STALLED);
            tasks.missing[task] = 1;
        } else if (tasks.status(task) == TaskStatus.WAITING) {
            tasks.missing[task]++;
        }
    }
}
