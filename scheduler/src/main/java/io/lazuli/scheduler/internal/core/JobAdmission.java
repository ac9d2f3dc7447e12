package io.lazuli.scheduler.internal.core;

/// Sets up the tasks of a new job: counts their inputs and uses, drops those whose results nobody would use, and starts from
/// what is held already. Costs O(tasks x dependencies).
final class JobAdmission {
    private final SchedulerCore core;

    JobAdmission(SchedulerCore core) {
        this.core = core;
    }

    void admit(JobState job) {
        for (int i = 0; i < job.layers.length; i++) {
            job.layers[i] = core.addLayer(job, i);
            count(job, job.layers[i]);
        }
        for (int i = job.layers.length - 1; i >= 0; i--) {
            skipUnused(job.layers[i]);
        }
        for (LayerState layer : job.layers) {
            start(layer);
        }
        if (job.lacksInput) {
            core.expansions.refuse(job);
        }
    }

    private void count(JobState job, LayerState layer) {
        int client = job.isOutput(layer) ? 1 : 0;
        TaskTable tasks = core.tasks;
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            tasks.status[task] = (byte) TaskStatus.WAITING.ordinal();
            tasks.flags[task] = 0;
            tasks.holder[task] = 0;
            tasks.layer[task] = layer.slot;
            tasks.missing[task] = inputCount(job, layer.plan, p);
            tasks.uses[task] = useCount(layer.plan, p) + client;
        }
    }

    /// An explicit dependency may leave partitions of its producer out. They count as produced and used up, which may leave
    /// their own inputs without use: consumers are visited before producers.
    private void skipUnused(LayerState layer) {
        for (int p = layer.plan.partitionCount() - 1; !layer.plan.isHeld() && p >= 0; p--) {
            if (core.tasks.uses[layer.first + p] == 0 && core.tasks.status(layer.first + p) == TaskStatus.WAITING) {
                core.production.skip(layer, p);
            }
        }
    }

    private void start(LayerState layer) {
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            if (layer.plan.isHeld()) {
                hold(layer, p);
            } else if (core.tasks.missing[task] == 0 && core.tasks.status(task) == TaskStatus.WAITING) {
                core.assignment.ready(layer, task);
            }
        }
    }

    private void hold(LayerState layer, int partition) {
        int task = layer.first + partition;
        int source = Effect.NO_TASK;
        if (layer.job.parent != null) {
            source = core.expansions.original(layer, partition);
            if (core.tasks.status(source) != TaskStatus.IN_MEMORY) {
                doWithout(layer, partition);
                return;
            }
            core.tasks.holder[task] = core.tasks.holder[source];
            core.tasks.kibibytes[task] = core.tasks.kibibytes[source];
        } else if (layer.plan.held().keeper() != JobPlan.Held.NO_KEEPER) {
            source = kept(layer, partition);
            if (source == Effect.NO_TASK) {
                restore(layer, partition);
                return;
            }
            core.tasks.holder[task] = core.tasks.holder[source];
            core.tasks.kibibytes[task] = core.tasks.kibibytes[source];
        }
        core.out.adoptResult(core.tasks.holder[task], task, core.tasks.attempt(task), source);
        core.move(task, Transition.HELD);
        core.production.produced(layer, partition);
    }

    /// The task of another job whose result this is; none if that job has not got it now.
    private int kept(LayerState layer, int partition) {
        JobState keeper = core.jobs.get(layer.plan.held().keeper());
        int task = keeper == null ? Effect.NO_TASK : keeper.output().first + partition;
        return keeper == null || core.tasks.status(task) != TaskStatus.IN_MEMORY ? Effect.NO_TASK : task;
    }

    /// Has the result made for this job, if something of it reads it.
    private void restore(LayerState layer, int partition) {
        int task = layer.first + partition;
        if (core.tasks.uses[task] == 0) {
            core.production.skip(layer, partition);
        } else {
            core.heirs.restore(layer, partition);
        }
    }

    /// The parent does not have the result. That matters only to what would read it.
    private void doWithout(LayerState layer, int partition) {
        if (core.tasks.uses[layer.first + partition] == 0) {
            core.production.skip(layer, partition);
        } else {
            layer.job.lacksInput = true;
        }
    }

    private static int inputCount(JobState job, LayerPlan plan, int partition) {
        int count = 0;
        for (Edge edge : plan.inputs()) {
            count += edge.inputCount(partition, job.plan.layers().get(edge.producer()).partitionCount());
        }
        return count;
    }

    private static int useCount(LayerPlan plan, int partition) {
        int count = 0;
        for (Edge edge : plan.uses()) {
            count += edge.useCount(partition);
        }
        return count;
    }
}
