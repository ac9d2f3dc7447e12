package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobProgress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// What becomes of tasks in workers' hands, and of their results: consumers become ready, inputs are used up, what nobody needs
/// goes.
final class Production {
    private final SchedulerCore core;
    private final TaskTable tasks;
    /// How often a task has failed, for the few that have.
    private final Map<Integer, Integer> failures = new HashMap<>();
    /// Tasks that were to make a result again which nobody needs any more.
    private final Deque<Integer> unneeded = new ArrayDeque<>();

    Production(SchedulerCore core) {
        this.core = core;
        this.tasks = core.tasks;
    }

    /// True if the worker speaks of what it has in its hands now.
    boolean isCurrent(WorkerState worker, int task, int attempt) {
        boolean current = tasks.attempt(task) == attempt
                && tasks.status(task) == TaskStatus.LEASED
                && tasks.holder[task] == worker.index;
        if (!current) {
            core.countStale();
        }
        return current;
    }

    void finished(EventBuffer in, int i, WorkerState worker) {
        int task = in.task(i);
        if (!isCurrent(worker, task, in.attempt(i))) {
            dropUnlessKnown(worker, task, in.attempt(i));
            return;
        }
        LayerState layer = core.layerOf(task);
        core.assignment.unlease(worker, layer, task);
        core.transitions()
                .measure(in.thread(i), in.rows(i), in.bytes(i), in.busyNanos(i), in.exchangedRows(i));
        core.move(task, Transition.FINISHED);
        core.recovery.absolve(task);
        tasks.measured(task, in.bytes(i));
        if (!tasks.has(task, TaskTable.COUNTED)) {
            layer.rows += in.rows(i);
            layer.bytes += in.bytes(i);
            layer.exchangedRows += in.exchangedRows(i);
            tasks.set(task, TaskTable.COUNTED);
        }
        layer.addBusy(in.busyNanos(i));
        produced(layer, task - layer.first);
    }

    /// The worker made a result that is not its to make. Its word may also have come twice.
    void dropUnlessKnown(WorkerState worker, int task, int attempt) {
        boolean isKnown = tasks.status(task) == TaskStatus.IN_MEMORY
                && tasks.attempt(task) == attempt
                && tasks.holder[task] == worker.index;
        if (!isKnown) {
            core.out.releaseResult(worker.index, task, attempt);
        }
    }

    void failed(EventBuffer in, int i, WorkerState worker) {
        int task = in.task(i);
        if (!isCurrent(worker, task, in.attempt(i))) {
            return;
        }
        LayerState layer = core.layerOf(task);
        JobState job = layer.job;
        core.assignment.unlease(worker, layer, task);
        core.recovery.absolve(task);
        layer.busyNanos += in.busyNanos(i);
        core.transitions().measure(in.thread(i), 0, 0, in.busyNanos(i), 0);
        if (job.isRunning() && in.isRetryable(i)
                && failures.getOrDefault(task, 0) < layer.plan.terms().retries()) {
            failures.merge(task, 1, Integer::sum);
            core.recovery.requeue(layer, task, Transition.RETRIED);
            return;
        }
        failures.remove(task);
        core.move(task, Transition.FAILED);
        core.stop(job, JobProgress.State.FAILED, task);
    }

    void returned(EventBuffer in, int i, WorkerState worker) {
        int task = in.task(i);
        if (isCurrent(worker, task, in.attempt(i))) {
            LayerState layer = core.layerOf(task);
            core.assignment.unlease(worker, layer, task);
            forgetWhatItKnows(worker, layer);
            // It may be leased to the same worker again, which may still have it in a queue under the old one.
            tasks.attempt[task]++;
            core.recovery.backFrom(layer, task, Transition.RETURNED);
        }
    }

    /// It may have given the task back for want of an input that it was thought to know of.
    private static void forgetWhatItKnows(WorkerState worker, LayerState layer) {
        for (Edge edge : layer.plan.inputs()) {
            layer.job.layers[edge.producer()].uninform(worker.index);
        }
    }

    void runsLong(EventBuffer in, int i, WorkerState worker) {
        if (isCurrent(worker, in.task(i), in.attempt(i))) {
            tasks.set(in.task(i), TaskTable.RUNS_LONG);
        }
    }

    /// Partition `partition` exists from now on.
    void produced(LayerState layer, int partition) {
        JobState job = layer.job;
        int task = layer.first + partition;
        layer.produced++;
        job.unproduced--;
        if (!layer.plan.isHeld()) {
            job.inMemory++;
        }
        if (!job.isRunning()) {
            release(job, task);
            core.finishIfIdle(job);
            return;
        }
        for (Edge edge : layer.uses) {
            satisfy(job, edge, partition, layer.isComplete());
        }
        if (job.isOutput(layer)) {
            core.heirs.produced(task);
        }
        useInputs(layer, partition);
        if (tasks.uses[task] == 0 && !layer.plan.isHeld()) {
            release(job, task);
        } else if (job.isOutput(layer) && job.parent == null && !tasks.has(task, TaskTable.TAKEN)) {
            core.out.offerResult(tasks.holder[task], job.id, task, tasks.attempt(task));
        }
        if (layer.isComplete() && layer.skipped == 0 && losesRows(layer)) {
            core.stop(job, JobProgress.State.FAILED, Effect.NO_TASK);
        } else {
            finishIfProduced(job);
        }
    }

    private void finishIfProduced(JobState job) {
        if (job.unproduced == 0 && job.isRunning()) {
            core.finish(job, JobProgress.State.SUCCEEDED);
        }
    }

    /// Tells the consumers that read `partition` over `edge`.
    private void satisfy(JobState job, Edge edge, int partition, boolean complete) {
        LayerState consumer = job.layers[edge.consumer()];
        switch (edge.pattern()) {
            case Dependency.OneToOne _ -> satisfy(consumer, partition);
            case Dependency.Tree tree -> satisfy(consumer, partition / tree.fanIn());
            case Dependency.Explicit _ -> {
                Edge.Uses uses = edge.uses();
                for (int i = uses.offsets()[partition]; i < uses.offsets()[partition + 1]; i++) {
                    satisfy(consumer, uses.targets()[i]);
                }
            }
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> {
                for (int c = 0; complete && c < consumer.plan.partitionCount(); c++) {
                    satisfy(consumer, c);
                }
            }
        }
    }

    private void satisfy(LayerState consumer, int partition) {
        int task = consumer.first + partition;
        if (tasks.status[task] == TaskStatus.WAITING.ordinal() && --tasks.missing[task] == 0) {
            core.assignment.ready(consumer, task);
        }
    }

    /// Ends the uses that the partition made of its inputs.
    private void useInputs(LayerState layer, int partition) {
        for (Edge edge : layer.inputs) {
            use(layer.job, edge, partition, layer.isComplete());
        }
    }

    private void use(JobState job, Edge edge, int partition, boolean complete) {
        LayerState producer = job.layers[edge.producer()];
        switch (edge.pattern()) {
            case Dependency.OneToOne _ -> use(producer, partition);
            case Dependency.Tree tree -> {
                int start = partition * tree.fanIn();
                int end = start + edge.inputCount(partition, producer.plan.partitionCount());
                for (int p = start; p < end; p++) {
                    use(producer, p);
                }
            }
            case Dependency.Explicit explicit -> {
                for (int i = explicit.offsets()[partition]; i < explicit.offsets()[partition + 1]; i++) {
                    use(producer, explicit.sources()[i]);
                }
            }
            case Dependency.Broadcast _, Dependency.Exchange _, Dependency.Kept _ -> {
                for (int p = 0; complete && p < producer.plan.partitionCount(); p++) {
                    use(producer, p);
                }
            }
        }
    }

    private void use(LayerState producer, int partition) {
        int task = producer.first + partition;
        if (--tasks.uses[task] == 0 && !producer.plan.isHeld()) {
            switch (tasks.status(task)) {
                case IN_MEMORY -> release(producer.job, task);
                case WAITING, READY -> unneeded.add(task);
                case LEASED, EXPANDED, RELEASED, FAILED, DROPPED -> {}
            }
        }
    }

    /// Skips what is to be made again and not needed after all. True if there was some.
    boolean settle() {
        boolean any = !unneeded.isEmpty();
        while (!unneeded.isEmpty()) {
            int task = unneeded.pop();
            LayerState layer = core.layerOf(task);
            boolean open = tasks.status(task) == TaskStatus.WAITING || tasks.status(task) == TaskStatus.READY;
            if (open && tasks.uses[task] == 0 && layer.job.isRunning()) {
                skip(layer, task - layer.first);
            }
        }
        return any;
    }

    /// The partition counts as produced and used up, because nobody would use it.
    void skip(LayerState layer, int partition) {
        int task = layer.first + partition;
        if (tasks.status(task) == TaskStatus.READY) {
            core.assignment.unready(layer, task);
        }
        core.move(task, Transition.SKIPPED);
        tasks.missing[task] = 0;
        layer.skipped += tasks.has(task, TaskTable.COUNTED) ? 0 : 1;
        layer.produced++;
        layer.job.unproduced--;
        if (layer.job.isOutput(layer)) {
            core.heirs.gone(task);
        }
        useInputs(layer, partition);
        finishIfProduced(layer.job);
    }

    void release(JobState job, int task) {
        core.move(task, Transition.RELEASED);
        job.inMemory--;
        tellRelease(task);
    }

    void releaseHeld(int task) {
        core.move(task, Transition.RELEASED);
        tellRelease(task);
    }

    /// Tells the holder, and those that may have copies.
    private void tellRelease(int task) {
        core.out.releaseResult(tasks.holder[task], task, tasks.attempt(task));
        core.departures.released(task);
        if (core.workers.presentCount() > 1) {
            releaseCopies(task);
        }
    }

    /// Tells those that may have copies.
    void releaseCopies(int task) {
        LayerState layer = core.layerOf(task);
        for (int w = 0; w < core.workers.size(); w++) {
            if (w != tasks.holder[task] && layer.mayBeCopiedBy(w)) {
                core.out.releaseResult(w, task, tasks.attempt(task));
            }
        }
    }

    private boolean losesRows(LayerState layer) {
        long produced = 0;
        boolean exchanges = false;
        for (Edge edge : layer.plan.inputs()) {
            if (edge.isExchange()) {
                exchanges = true;
                produced += layer.job.layers[edge.producer()].rows;
            }
        }
        if (exchanges && produced != layer.exchangedRows) {
            core.out.reportRowLoss(layer.job.id, layer.index, produced, layer.exchangedRows);
            return true;
        }
        return false;
    }

    void taken(int task) {
        LayerState layer = core.layerOf(task);
        tasks.set(task, TaskTable.TAKEN);
        use(layer, task - layer.first);
        core.forgetIfEmpty(layer.job);
    }

    /// Forgets the failures of a job's tasks.
    void forget(JobState job) {
        if (!failures.isEmpty()) {
            failures.keySet().removeIf(task -> task >= job.first && task < job.end());
        }
    }
}
