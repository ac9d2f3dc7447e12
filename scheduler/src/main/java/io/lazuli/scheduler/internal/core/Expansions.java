package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/// Tasks that returned a graph in place of a result: the graph runs as a job of its own, a child of the task's job, and its
/// result becomes the task's. The same goes for results from before the job that are lost, and for which the client gave a graph.
final class Expansions {
    private final SchedulerCore core;
    private final TaskTable tasks;
    /// Children that have finished, and whose parents do not know yet: a queue, because chains of expansions may be long.
    private final Deque<JobState> ended = new ArrayDeque<>();

    Expansions(SchedulerCore core) {
        this.core = core;
        this.tasks = core.tasks;
    }

    void expanded(EventBuffer in, int i, WorkerState worker) {
        int task = in.task(i);
        if (!core.production.isCurrent(worker, task, in.attempt(i))) {
            core.out.forgetJob(in.job(i));
            return;
        }
        LayerState layer = core.layerOf(task);
        core.assignment.unlease(worker, layer, task);
        core.recovery.absolve(task);
        layer.addBusy(in.busyNanos(i));
        core.transitions().measure(in.thread(i), 0, 0, in.busyNanos(i), in.exchangedRows(i));
        if (!layer.job.isRunning()) {
            core.out.forgetJob(in.job(i));
            core.move(task, Transition.ABANDONED);
            core.finishIfIdle(layer.job);
            return;
        }
        layer.exchangedRows += tasks.has(task, TaskTable.COUNTED) ? 0 : in.exchangedRows(i);
        start(layer.job, task, in.job(i), in.plan(i));
        tasks.set(task, TaskTable.COUNTED);
    }

    /// A result from before the job is lost, and can be made by a graph.
    void restores(EventBuffer in, int i) {
        JobState job = core.jobs.get(in.parent(i));
        int task = in.task(i);
        if (job == null || tasks.status(task) != TaskStatus.WAITING || tasks.attempt(task) != in.attempt(i)) {
            core.countStale();
            core.out.forgetJob(in.job(i));
            return;
        }
        // What a job starts from was counted when it was admitted.
        tasks.set(task, TaskTable.ADOPTED);
        start(job, task, in.job(i), in.plan(i));
    }

    /// Runs `plan` in place of the task.
    private void start(JobState job, int task, long id, JobPlan plan) {
        core.move(task, Transition.EXPANDED);
        JobState child = new JobState(id, plan, job.sequence, tasks.allocate(plan.taskCount()), job, task);
        job.children.add(child);
        core.start(child);
    }

    private static JobState parentOf(JobState child) {
        return Objects.requireNonNull(child.parent, "no task expanded to this job");
    }

    /// The task that held partition `partition` of a child's layer stands for.
    int original(LayerState held, int partition) {
        JobState parent = parentOf(held.job);
        for (LayerState layer : parent.layers) {
            if (layer.plan.token().equals(held.plan.token())) {
                return layer.first + partition;
            }
        }
        throw new IllegalStateException(
                "job " + held.job.id + " starts from " + held.plan.label() + ", which its parent does not know");
    }

    /// The child starts from a result that is not there. If that is an input of the expanded task, it is being made again, and the
    /// task runs again then. Otherwise it may never be there.
    void refuse(JobState child) {
        LayerState layer = core.layerOf(child.expanded);
        if (core.recovery.missing(layer, child.expanded - layer.first) > 0) {
            child.restarts = true;
            core.cancelled(child);
        } else {
            core.out.reportHeldLost(child.id, child.expanded);
            core.stop(child, JobProgress.State.FAILED, Effect.NO_TASK);
        }
    }

    void ended(JobState child) {
        ended.add(child);
    }

    /// True if the child's parent has not heard of its end.
    boolean isPending(JobState child) {
        return child.parent != null && child.parent.children.contains(child);
    }

    /// Tells parents of children that ended. True if there were some.
    boolean settle() {
        boolean any = !ended.isEmpty();
        while (!ended.isEmpty()) {
            settle(ended.poll());
        }
        return any;
    }

    private void settle(JobState child) {
        JobState parent = parentOf(child);
        int task = child.expanded;
        LayerState layer = core.layerOf(task);
        parent.children.remove(child);
        if (!parent.isRunning()) {
            core.move(task, Transition.ABANDONED);
        } else if (child.outcome == JobProgress.State.SUCCEEDED) {
            adopt(child, layer, task);
        } else if (child.restarts) {
            core.recovery.requeue(layer, task, Transition.RESTARTED);
        } else {
            core.move(task, Transition.FAILED);
            core.stop(parent, JobProgress.State.FAILED, child.reason);
        }
        core.closed(child);
        core.finishIfIdle(parent);
    }

    private void adopt(JobState child, LayerState layer, int task) {
        LayerState output = child.output();
        tasks.holder[task] = tasks.holder[output.first];
        tasks.kibibytes[task] = tasks.kibibytes[output.first];
        core.out.adoptResult(tasks.holder[task], task, tasks.attempt(task), output.first);
        core.transitions().measure(TransitionBuffer.NONE, output.rows, output.bytes, 0, 0);
        core.move(task, Transition.FINISHED);
        if (!tasks.has(task, TaskTable.ADOPTED)) {
            layer.rows += output.rows;
            layer.bytes += output.bytes;
            tasks.set(task, TaskTable.ADOPTED);
        }
        core.production.produced(layer, task - layer.first);
    }
}
