package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides which worker runs which task next, and which result is not needed any more. A pure state machine: events in, effects
/// out, and the same events always give the same effects. It knows no clock, thread, socket or disk; one caller at a time.
///
/// ```
///   JobSubmitted ---> tasks WAITING / READY --+--> RunTasks(worker, run of ids)
///   WorkerHasRoom ---------------------------+
///   TaskFinished ---> consumers READY, inputs released, output offered, job finished
///   WorkerDied, ResultLost ---> leases taken back, lost results made again
/// ```
///
/// It is made of parts by what happens: [Membership] of workers, [Departures] of those that leave, [Assignment] of leases,
/// [Production] of results, their [Recovery], [Heirs] of those that are kept, [Expansions] of tasks. They share the tables here.
///
/// Invariants, re-derived by [#validate]: `missing` and `uses` of a task count exactly the inputs that do not exist and the
/// uses still to come; a result is released the moment its uses are over; a job that was stopped keeps nothing but what runs.
public final class SchedulerCore {
    final CoreOptions options;
    final TaskTable tasks = new TaskTable();
    final ReadyQueue queue = new ReadyQueue();
    final Map<Long, JobState> jobs = new LinkedHashMap<>();
    /// Layers of all jobs by slot; null where a slot is free.
    final List<@Nullable LayerState> layers = new ArrayList<>();
    final Membership workers = new Membership(this);
    final Assignment assignment = new Assignment(this);
    final Production production = new Production(this);
    final Recovery recovery = new Recovery(this);
    final Expansions expansions = new Expansions(this);
    final Heirs heirs = new Heirs(this);
    final Departures departures = new Departures(this);
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final JobAdmission admission = new JobAdmission(this);
    /// Layers that not every worker may run.
    private int restrictedCount;
    private final TransitionBuffer transitions = new TransitionBuffer();
    private long submissions;
    /// Events about an attempt that is not the current one, or from a worker that is not what it was.
    private long staleCount;
    /// By transition and the status before.
    private final long[] transitionCounts = new long[Transition.ALL.length * TaskStatus.ALL.length];
    /// Time of the events being handled.
    long now;
    /// Where effects go while [#on] runs.
    EffectBuffer out = new EffectBuffer();

    public SchedulerCore(CoreOptions options) {
        this.options = options;
    }

    /// Handles all events of `in` and appends what is to be done to `out`.
    public void on(EventBuffer in, long nanos, EffectBuffer out) {
        this.now = nanos;
        this.out = out;
        transitions.at(nanos);
        for (int i = 0; i < in.size(); i++) {
            if (in.kind(i) > EventBuffer.WORKER_JOINED) {
                WorkerState worker = workers.speaker(in.worker(i), in.incarnation(i));
                if (worker == null) {
                    staleCount++;
                } else {
                    onWorker(in, i, worker);
                }
            } else {
                onOther(in, i);
            }
            while (production.settle() || expansions.settle()) {
                continue;
            }
        }
        assignment.assign();
    }

    private void onOther(EventBuffer in, int i) {
        switch (in.kind(i)) {
            case EventBuffer.JOB_SUBMITTED -> submitted(in.job(i), in.plan(i));
            case EventBuffer.JOB_CANCELLED -> cancelled(job(in.job(i)));
            case EventBuffer.JOB_CLOSED -> closed(job(in.job(i)));
            case EventBuffer.RESULT_TAKEN -> production.taken(in.task(i));
            case EventBuffer.RESTORATION_SUBMITTED -> expansions.restores(in, i);
            case EventBuffer.TIME_PASSED -> {
                workers.timePassed();
                departures.timePassed();
                assignment.balance();
                assignment.timePassed();
            }
            case EventBuffer.WORKER_SUSPECTED -> workers.suspected(in.worker(i), in.incarnation(i));
            case EventBuffer.WORKER_JOINED -> workers.joined(in.worker(i), in.incarnation(i), in.profile(i));
            default -> throw new IllegalStateException("unknown event kind " + in.kind(i));
        }
    }

    private void onWorker(EventBuffer in, int i, WorkerState worker) {
        switch (in.kind(i)) {
            case EventBuffer.TASK_FINISHED -> production.finished(in, i, worker);
            case EventBuffer.WORKER_HAS_ROOM -> assignment.hasRoom(worker, in.leases(i));
            case EventBuffer.TASK_RETURNED -> production.returned(in, i, worker);
            case EventBuffer.TASK_FAILED -> production.failed(in, i, worker);
            case EventBuffer.TASK_EXPANDED -> expansions.expanded(in, i, worker);
            case EventBuffer.TASK_RUNS_LONG -> production.runsLong(in, i, worker);
            case EventBuffer.RESULT_LOST -> recovery.lost(worker, in.task(i), in.attempt(i));
            case EventBuffer.RESULT_STUCK -> recovery.stuck(in.task(i), in.attempt(i));
            case EventBuffer.WORKER_DIED -> workers.lose(worker, true);
            case EventBuffer.WORKER_LEAVES -> departures.begin(worker);
            case EventBuffer.RESULT_KEPT -> departures.kept(worker, in.task(i), in.attempt(i));
            case EventBuffer.RESULT_DECLINED -> departures.declined(worker, in.task(i), in.attempt(i));
            case EventBuffer.WORKER_HEARD -> {}
            default -> throw new IllegalStateException("unknown event kind " + in.kind(i));
        }
    }

    /// Events refused because they were about an attempt, or from an incarnation, that is over.
    public long staleCount() {
        return staleCount;
    }

    void countStale() {
        staleCount++;
    }

    /// Changes of status of all tasks since the start. A task that runs once, undisturbed, makes four: it is ready, leased,
    /// finished and released.
    public long transitionCount() {
        return transitions.transitionCount();
    }

    /// Changes of one kind from one status.
    public long transitionCount(Transition transition, TaskStatus before) {
        return transitionCounts[transition.ordinal() * TaskStatus.ALL.length + before.ordinal()];
    }

    /// Tasks that were run again because their results were lost.
    public long recomputedCount() {
        return recovery.recomputedCount();
    }

    /// What the worker is: `active`, `silent`, `leaving` or `gone`, which is also who has not joined.
    public String workerState(int index) {
        WorkerState worker = index < workers.size() ? workers.get(index) : null;
        return worker == null
                ? "gone"
                : switch (worker.status) {
                    case ACTIVE -> "active";
                    case SUSPECT -> "silent";
                    case LEAVING -> "leaving";
                    case GONE -> "gone";
                };
    }

    /// Tasks that the worker was given and that have not ended.
    public int leasedCount(int index) {
        WorkerState worker = index < workers.size() ? workers.get(index) : null;
        return worker == null ? 0 : worker.leased;
    }

    /// Jobs of which something is left.
    public int jobCount() {
        return jobs.size();
    }

    /// What has happened and was not taken from there.
    public TransitionBuffer transitions() {
        return transitions;
    }

    /// All ids in use are below.
    public int capacity() {
        return tasks.capacity();
    }

    /// Id of the job of a task that a worker has.
    public long jobOf(int task) {
        return layerOf(task).job.id;
    }

    public TaskStatus status(int task) {
        return tasks.status(task);
    }

    /// What the last remembered transitions of a task were, oldest first, with its name and counts.
    public String story(int task) {
        LayerState layer = layers.get(tasks.layer[task]);
        if (layer == null) {
            return "task " + task + " of a job that is forgotten";
        }
        Key key = new Key(layer.plan.token(), task - layer.first);
        return "task %d = %s of layer '%s' in job %d: %s, attempt %d, holder %d, %d inputs missing, %d uses to come%n  %s"
                .formatted(
                        task, key, layer.plan.label(), layer.job.id, tasks.status(task), tasks.attempt(task),
                        tasks.holder[task], tasks.missing[task], tasks.uses[task],
                        String.join("\n  ", Story.of(task, transitions)));
    }

    /// A view of a job's progress that stays readable after the job is forgotten; of one that is forgotten already, nothing.
    public CoreProgress progress(long id) {
        JobState job = jobs.get(id);
        return job == null ? CoreProgress.NONE : new CoreProgress(job);
    }

    /// Derives everything anew. Errors: IllegalStateException that names what is wrong.
    public void validate() {
        new Invariants(this).check();
    }

    private JobState job(long id) {
        JobState job = jobs.get(id);
        if (job == null) {
            throw new IllegalStateException("job " + id + " is not known; known are " + jobs.keySet());
        }
        return job;
    }

    int restrictedCount() {
        return restrictedCount;
    }

    /// The layer of a task whose job is not forgotten.
    LayerState layerOf(int task) {
        return Objects.requireNonNull(layers.get(tasks.layer[task]), "the task's job is forgotten");
    }

    /// A slot for a layer of a new job.
    LayerState addLayer(JobState job, int index) {
        int slot = freeSlots.isEmpty() ? layers.size() : freeSlots.pop();
        LayerState layer = new LayerState(job, job.plan.layers().get(index), index, slot);
        restrictedCount += layer.plan.terms().restrictsWorkers() ? 1 : 0;
        if (slot == layers.size()) {
            layers.add(layer);
        } else {
            layers.set(slot, layer);
        }
        return layer;
    }

    void move(int task, Transition transition) {
        TaskStatus before = tasks.status(task);
        if (!transition.allowedFrom(before)) {
            throw new IllegalStateException(
                    transition + " cannot happen to a task that is " + before + ": " + story(task));
        }
        transitionCounts[transition.ordinal() * TaskStatus.ALL.length + before.ordinal()]++;
        transitions.by(before == TaskStatus.WAITING ? TransitionBuffer.NONE : tasks.holder[task]);
        boolean counted = tasks.has(task, before == TaskStatus.EXPANDED ? TaskTable.ADOPTED : TaskTable.COUNTED);
        transitions.moved(task, transition, before, tasks.attempt(task), counted);
        tasks.status[task] = (byte) transition.to().ordinal();
    }

    private void submitted(long id, JobPlan plan) {
        JobState job = new JobState(id, plan, submissions++, tasks.allocate(plan.taskCount()), null, Effect.NO_TASK);
        start(job);
    }

    /// Ownership of its ids begins: [#forget] ends it.
    void start(JobState job) {
        if (jobs.putIfAbsent(job.id, job) != null) {
            throw new IllegalStateException("job " + job.id + " is submitted twice");
        }
        out.admitJob(job.id, job.first, job.expanded);
        transitions.jobSubmitted(job.id, job.first, job.expanded);
        admission.admit(job);
    }

    void cancelled(JobState job) {
        if (job.isRunning()) {
            stop(job, JobProgress.State.CANCELLED, Effect.NO_TASK);
        }
    }

    void closed(JobState job) {
        job.closed = true;
        cancelled(job);
        if (job.finished) {
            releaseAll(job);
            forgetIfEmpty(job);
        }
    }

    /// Drops what has not started and what is in memory; what runs is awaited.
    void stop(JobState job, JobProgress.State outcome, int reason) {
        if (job.isRunning()) {
            job.outcome = outcome;
            job.reason = reason;
            transitions.jobStopped(job.id, reason);
            out.stopJob(job.id, reason);
            for (LayerState layer : job.layers) {
                drop(layer);
            }
            releaseAll(job);
            heirs.stopped(job);
            List.copyOf(job.children).forEach(this::cancelled);
        }
        finishIfIdle(job);
    }

    private void drop(LayerState layer) {
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            int task = layer.first + p;
            if (tasks.status(task) == TaskStatus.READY) {
                assignment.unready(layer, task);
                move(task, Transition.ABANDONED);
            } else if (tasks.status(task) == TaskStatus.WAITING) {
                move(task, Transition.ABANDONED);
            }
        }
    }

    private void releaseAll(JobState job) {
        for (int task = job.first; task < job.end() && job.inMemory > 0; task++) {
            if (tasks.status(task) == TaskStatus.IN_MEMORY && !layerOf(task).plan.isHeld()) {
                production.release(job, task);
            }
        }
    }

    void finishIfIdle(JobState job) {
        if (!job.isRunning() && job.isIdle() && !job.finished) {
            finish(job, job.outcome);
        }
    }

    void finish(JobState job, JobProgress.State outcome) {
        job.outcome = outcome;
        job.finished = true;
        transitions.jobFinished(job.id, outcome);
        out.finishJob(job.id, outcome);
        if (job.parent != null) {
            expansions.ended(job);
        } else if (job.closed) {
            releaseAll(job);
        }
        forgetIfEmpty(job);
    }

    void forgetIfEmpty(JobState job) {
        if (job.finished && job.inMemory == 0 && !expansions.isPending(job) && jobs.remove(job.id, job)) {
            for (LayerState layer : job.layers) {
                releaseHeld(layer);
                restrictedCount -= layer.plan.terms().restrictsWorkers() ? 1 : 0;
                layers.set(layer.slot, null);
                freeSlots.push(layer.slot);
            }
            production.forget(job);
            recovery.forget(job);
            heirs.forget(job);
            tasks.release(job.first, job.plan.taskCount());
            transitions.jobForgotten(job.id);
            out.forgetJob(job.id);
        }
    }

    /// What the job started from stays as long as it may be needed to make something again.
    private void releaseHeld(LayerState layer) {
        for (int p = 0; layer.plan.isHeld() && p < layer.plan.partitionCount(); p++) {
            if (tasks.status(layer.first + p) == TaskStatus.IN_MEMORY) {
                production.releaseHeld(layer.first + p);
            }
        }
    }
}
