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
            skipUnused(job, job.layers[i]);
        }
        for (LayerState layer : job.layers) {
            start(layer);
        }
    }

    private void count(JobState job, LayerState layer) {
        boolean isOutput = layer.index == job.plan.output();
        TaskTable tasks = core.tasks;
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            tasks.status[task] = (byte) TaskStatus.WAITING.ordinal();
            tasks.attempt[task] = 0;
            tasks.layer[task] = layer.slot;
            tasks.missing[task] = inputCount(job, layer.plan, p);
            tasks.uses[task] = useCount(layer.plan, p) + (isOutput ? 1 : 0);
        }
    }

    /// An explicit dependency may leave partitions of its producer out. They count as produced and used up, which may leave
    /// their own inputs without use: consumers are visited before producers.
    private void skipUnused(JobState job, LayerState layer) {
        for (int p = 0; !layer.plan.isHeld() && p < layer.plan.partitionCount(); p++) {
            if (core.tasks.uses[layer.first + p] == 0) {
                core.move(layer.first + p, Transition.SKIPPED);
                core.tasks.missing[layer.first + p] = 0;
                layer.skipped++;
                layer.produced++;
                job.unproduced--;
                for (Edge edge : layer.plan.inputs()) {
                    core.use(job, edge, p, layer.isComplete());
                }
            }
        }
    }

    private void start(LayerState layer) {
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            if (layer.plan.isHeld()) {
                core.move(task, Transition.HELD);
                core.produced(layer, p);
            } else if (core.tasks.missing[task] == 0 && core.tasks.status(task) == TaskStatus.WAITING) {
                core.ready(layer, task, Transition.SATISFIED);
            }
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
