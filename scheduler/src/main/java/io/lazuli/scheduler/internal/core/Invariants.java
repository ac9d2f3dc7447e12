package io.lazuli.scheduler.internal.core;

import java.util.Arrays;

/// Derives the state of the core anew, from nothing but statuses and plans, and compares.
final class Invariants {
    private final SchedulerCore core;

    Invariants(SchedulerCore core) {
        this.core = core;
    }

    void check() {
        int[] leased = new int[core.workers.size()];
        core.jobs.values().forEach(job -> checkJob(job, leased));
        for (int w = 0; w < core.workers.size(); w++) {
            WorkerState worker = core.workers.get(w);
            if (worker != null) {
                require(worker.isActive() || !core.assignment.isHungry(worker), "who may be given tasks", worker.status,
                        "no tasks");
                require(worker.leased == leased[w], "tasks of worker " + w, worker.leased, leased[w]);
                require(worker.free().values().stream().allMatch(amount -> amount >= 0), "resources", worker.free(), 0);
            }
        }
        for (int i = 0; i < core.queue.size(); i++) {
            LayerState layer = core.queue.get(i);
            require(layer.queuePlace == i, "a layer's place in the queue", layer.queuePlace, i);
            require(i == 0 || !ReadyQueue.precedes(layer, core.queue.get((i - 1) / 2)), "the heap's order at", i, i);
        }
    }

    private void checkJob(JobState job, int[] leasedByWorker) {
        int[] counts = new int[TaskStatus.ALL.length];
        int held = 0;
        int[] usesLeft = usesLeft(job);
        for (LayerState layer : job.layers) {
            checkLayer(layer, counts, usesLeft);
            for (int p = 0; p < layer.plan.partitionCount(); p++) {
                checkHolder(layer.first + p, leasedByWorker);
                held += layer.plan.isHeld() && core.tasks.status(layer.first + p) == TaskStatus.IN_MEMORY ? 1 : 0;
            }
        }
        int produced = counts[TaskStatus.IN_MEMORY.ordinal()] + counts[TaskStatus.RELEASED.ordinal()];
        int expanded = counts[TaskStatus.EXPANDED.ordinal()];
        require(job.children.size() == expanded, "children of job " + job.id, job.children.size(), counts);
        require(job.leased == counts[TaskStatus.LEASED.ordinal()], "leased tasks of job " + job.id, job.leased, counts);
        require(job.inMemory == counts[TaskStatus.IN_MEMORY.ordinal()] - held, "results of job " + job.id, job.inMemory,
                counts);
        require(job.unproduced == job.plan.taskCount() - produced, "unproduced of job " + job.id, job.unproduced,
                counts);
        if (!job.isRunning()) {
            int open = counts[TaskStatus.WAITING.ordinal()] + counts[TaskStatus.READY.ordinal()];
            require(open == 0, "open tasks of stopped job " + job.id, 0, open);
            require(!job.finished || job.leased == 0, "leases of finished job " + job.id, 0, job.leased);
        }
    }

    private void checkHolder(int task, int[] leasedByWorker) {
        TaskStatus status = core.tasks.status(task);
        LayerState layer = core.layerOf(task);
        if (status != TaskStatus.LEASED && status != TaskStatus.IN_MEMORY || layer.plan.isHeld()) {
            return;
        }
        WorkerState holder = core.workers.get(core.tasks.holder[task]);
        require(holder != null && !holder.isGone(), "holder of", task, core.tasks.holder[task], "gone");
        if (status == TaskStatus.LEASED) {
            leasedByWorker[core.tasks.holder[task]]++;
        }
    }

    private void checkLayer(LayerState layer, int[] jobCounts, int[] usesLeft) {
        int[] counts = new int[TaskStatus.ALL.length];
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            TaskStatus status = core.tasks.status(task);
            counts[status.ordinal()]++;
            jobCounts[status.ordinal()]++;
            require(core.layers.get(core.tasks.layer[task]) == layer, "layer of", task, layer.slot,
                    core.tasks.layer[task]);
            boolean suspect = core.tasks.has(task, TaskTable.SUSPECT);
            boolean ready = status == TaskStatus.READY && !suspect;
            require(core.assignment.isSuspect(task) == (status == TaskStatus.READY && suspect), "suspects", task,
                    status);
            require(layer.isReady(p) == ready, "ready bit of", task, layer.isReady(p), ready);
            if (layer.job.isRunning()) {
                checkCounts(layer, p, status, usesLeft[layer.plan.offset() + p]);
            }
        }
        require(layer.leased == counts[TaskStatus.LEASED.ordinal()], "leased in " + layer.plan.label(), layer.leased,
                counts);
        int produced = counts[TaskStatus.IN_MEMORY.ordinal()] + counts[TaskStatus.RELEASED.ordinal()];
        require(layer.produced == produced, "produced in " + layer.plan.label(), layer.produced, produced);
        require(layer.queuePlace >= 0 == layer.readyCount() > 0, "queueing of " + layer.plan.label(), layer.queuePlace,
                layer.readyCount());
    }

    private void checkCounts(LayerState layer, int partition, TaskStatus status, int usesLeft) {
        int task = layer.first + partition;
        int missing = 0;
        for (Edge edge : layer.plan.inputs()) {
            missing += missing(layer.job.layers[edge.producer()], edge, partition);
        }
        if (status == TaskStatus.WAITING && !layer.plan.isHeld()) {
            require(core.tasks.missing[task] == missing, "missing of", task, core.tasks.missing[task],
                    missing);
            require(missing > 0, "waiting of", task, status, missing);
        } else if (status == TaskStatus.READY) {
            require(missing == 0, "readiness of", task, status, missing);
        }
        if (status.isProduced() && !layer.plan.isHeld()) {
            boolean used = core.tasks.uses[task] == 0;
            require(used == (status == TaskStatus.RELEASED), "release of", task, used, status);
        }
        int client = layer == layer.job.output() ? core.tasks.uses[task] - usesLeft : 0;
        require(client == 0 || client == 1, "client's uses of", task, client, "0 or 1");
        require(core.tasks.uses[task] == usesLeft + client, "uses of", task, core.tasks.uses[task], usesLeft);
    }

    /// The uses to come of each task of the job, by offset from its first.
    private int[] usesLeft(JobState job) {
        int[] uses = new int[job.plan.taskCount()];
        for (LayerState consumer : job.layers) {
            for (Edge edge : consumer.plan.inputs()) {
                LayerPlan producer = job.plan.layers().get(edge.producer());
                if (edge.isBarrier()) {
                    for (int p = 0; p < producer.partitionCount(); p++) {
                        uses[producer.offset() + p] += consumer.isComplete() ? 0 : 1;
                    }
                    continue;
                }
                for (int c = 0; c < consumer.plan.partitionCount(); c++) {
                    if (!core.tasks.status(consumer.first + c).isProduced()) {
                        edge.forEachInput(c, producer.partitionCount(), p -> uses[producer.offset() + p]++);
                    }
                }
            }
        }
        return uses;
    }

    private int missing(LayerState producer, Edge edge, int partition) {
        if (edge.isBarrier()) {
            return producer.isComplete() ? 0 : 1;
        }
        return (int) edge.pattern()
                .partitions(partition, producer.plan.partitionCount())
                .filter(p -> !core.tasks.status(producer.first + p).isProduced())
                .count();
    }

    /// About one task, whose story is told only if it is needed.
    private void require(boolean holds, String what, int task, Object found, Object expected) {
        if (!holds) {
            require(false, what + " " + core.story(task), found, expected);
        }
    }

    private static void require(boolean holds, String what, Object found, Object expected) {
        if (!holds) {
            Object shown = expected instanceof int[] counts ? Arrays.toString(counts) : expected;
            throw new IllegalStateException("invariant broken: " + what + ": found " + found + ", derived " + shown);
        }
    }
}
