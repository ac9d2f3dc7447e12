package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.Dependency;
import io.lazuli.graph.JobProgress;
import io.lazuli.graph.Key;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Decides which task runs next, and which result is not needed any more. A pure state machine: events in, effects out, and
/// the same events always give the same effects. It knows no clock, thread, socket or disk; one caller at a time.
///
/// ```
///   JobSubmitted ---> tasks WAITING / READY --+--> RunTasks(worker, run of ids)
///   WorkerHasRoom ---------------------------+
///   TaskFinished ---> consumers READY, inputs released, output offered, job finished
/// ```
///
/// Invariants, re-derived by [#validate]: `missing` and `uses` of a task count exactly the inputs that do not exist and the
/// uses still to come; a result is released the moment its uses are over; a job that was stopped keeps nothing but what runs.
public final class SchedulerCore {
    /// A lease is predicted to take about this long.
    private static final long LEASE_NANOS = 1_000_000;
    private static final int LARGEST_LEASE = 256;
    private static final int NO_TASK = -1;

    final TaskTable tasks = new TaskTable();
    final ReadyQueue queue = new ReadyQueue();
    final Map<Long, JobState> jobs = new LinkedHashMap<>();
    /// Layers of all jobs by slot; null where a slot is free.
    final List<LayerState> layers = new ArrayList<>();
    private final Deque<Integer> freeSlots = new ArrayDeque<>();
    private final JobAdmission admission = new JobAdmission(this);
    private final Story story = new Story();
    private final TransitionBuffer transitions = new TransitionBuffer();
    private final int workerCount;
    /// Workers that asked for a lease and have not got one, the last asker last: it is awake and has a warm cache.
    private final int[] hungry;
    private int hungryCount;
    private long submissions;
    /// Events about an attempt that is not the current one.
    private long staleCount;
    /// Time of the events being handled.
    private long now;
    /// Where effects go while [#on] runs.
    private EffectBuffer out = new EffectBuffer();

    /// @param workerCount workers are numbered from 0
    public SchedulerCore(int workerCount) {
        this.workerCount = workerCount;
        this.hungry = new int[workerCount];
        transitions.by(0);
    }

    /// Handles all events of `in` and appends what is to be done to `out`.
    public void on(EventBuffer in, long nanos, EffectBuffer out) {
        this.now = nanos;
        this.out = out;
        transitions.at(nanos);
        for (int i = 0; i < in.size(); i++) {
            switch (in.kind(i)) {
                case EventBuffer.TASK_FINISHED -> finished(in, i);
                case EventBuffer.WORKER_HAS_ROOM -> hasRoom(in.task(i));
                case EventBuffer.TASK_RETURNED -> returned(in.task(i), in.attempt(i));
                case EventBuffer.TASK_FAILED -> failed(in, i);
                case EventBuffer.RESULT_TAKEN -> taken(in.task(i));
                case EventBuffer.JOB_SUBMITTED -> submitted((Event.JobSubmitted) in.get(i));
                case EventBuffer.JOB_CANCELLED -> cancelled(job(in.job(i)));
                case EventBuffer.JOB_CLOSED -> closed(job(in.job(i)));
                default -> throw new IllegalStateException("unknown event kind " + in.kind(i));
            }
        }
        assign();
    }

    /// Workers that wait for a lease.
    public int hungryCount() {
        return hungryCount;
    }

    /// Events refused because they were about an attempt that is over.
    public long staleCount() {
        return staleCount;
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

    public TaskStatus status(int task) {
        return tasks.status(task);
    }

    /// What the last remembered transitions of a task were, oldest first, with its name and counts.
    public String story(int task) {
        LayerState layer = layers.get(tasks.layer[task]);
        Key key = new Key(layer.plan.token(), task - layer.first);
        return "task %d = %s of layer '%s' in job %d: %s, attempt %d, %d inputs missing, %d uses to come%n  %s"
                .formatted(
                        task, key, layer.plan.label(), layer.job.id, tasks.status(task), tasks.attempt[task],
                        tasks.missing[task],
                        tasks.uses[task], String.join("\n  ", story.of(task)));
    }

    /// A view of a job's progress that stays readable after the job is forgotten.
    public CoreProgress progress(long job) {
        return new CoreProgress(job(job));
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

    private LayerState layerOf(int task) {
        return layers.get(tasks.layer[task]);
    }

    /// A slot for a layer of a new job.
    LayerState addLayer(JobState job, int index) {
        int slot = freeSlots.isEmpty() ? layers.size() : freeSlots.pop();
        LayerState layer = new LayerState(job, job.plan.layers().get(index), index, slot);
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
        story.tell(task, tasks.attempt[task], before, transition, now);
        transitions.moved(task, transition, before, tasks.attempt[task]);
        tasks.status[task] = (byte) transition.to().ordinal();
    }

    private void submitted(Event.JobSubmitted event) {
        JobState job = new JobState(event, submissions++, tasks.allocate(event.plan().taskCount()));
        if (jobs.putIfAbsent(job.id, job) != null) {
            throw new IllegalStateException("job " + job.id + " is submitted twice");
        }
        out.admitJob(job.id, job.first);
        transitions.jobSubmitted(job.id, job.first, TransitionBuffer.NONE);
        admission.admit(job);
    }

    private void hasRoom(int worker) {
        for (int i = 0; i < hungryCount; i++) {
            if (hungry[i] == worker) {
                return;
            }
        }
        hungry[hungryCount++] = worker;
    }

    /// The task can be leased from now on.
    void ready(LayerState layer, int task, Transition transition) {
        move(task, transition);
        layer.addReady(task - layer.first);
        queue.add(layer);
    }

    /// Gives the most urgent tasks to those who asked, as runs of one layer.
    private void assign() {
        while (hungryCount > 0 && !queue.isEmpty()) {
            LayerState layer = queue.first();
            int share = Math.max(1, layer.readyCount() / (2 * workerCount));
            int most = Math.min(share, layer.tasksWithin(LEASE_NANOS, LARGEST_LEASE));
            int partition = layer.lowestReady();
            int attempt = tasks.attempt[layer.first + partition];
            int count = 0;
            while (count < most && isReady(layer, partition + count, attempt)) {
                move(layer.first + partition + count, Transition.ASSIGNED);
                layer.removeReady(partition + count++);
            }
            layer.leased += count;
            layer.job.leased += count;
            if (layer.readyCount() == 0) {
                queue.remove(layer);
            }
            out.runTasks(hungry[--hungryCount], layer.job.id, layer.index, layer.first + partition, count, attempt);
        }
    }

    private boolean isReady(LayerState layer, int partition, int attempt) {
        return partition < layer.plan.partitionCount()
                && layer.isReady(partition)
                && tasks.attempt[layer.first + partition] == attempt;
    }

    /// True if the event is about the attempt that runs; counts it otherwise.
    private boolean isCurrent(int task, int attempt) {
        boolean current = tasks.attempt[task] == attempt;
        staleCount += current ? 0 : 1;
        return current;
    }

    private void unlease(LayerState layer) {
        layer.leased--;
        layer.job.leased--;
    }

    private void finished(EventBuffer in, int i) {
        int task = in.task(i);
        if (!isCurrent(task, in.attempt(i))) {
            return;
        }
        LayerState layer = layerOf(task);
        transitions.measure(in.thread(i), in.rows(i), in.bytes(i), in.busyNanos(i), in.exchangedRows(i));
        move(task, Transition.FINISHED);
        unlease(layer);
        layer.rows += in.rows(i);
        layer.bytes += in.bytes(i);
        layer.exchangedRows += in.exchangedRows(i);
        layer.addBusy(in.busyNanos(i));
        produced(layer, task - layer.first);
    }

    private void failed(EventBuffer in, int i) {
        int task = in.task(i);
        if (!isCurrent(task, in.attempt(i))) {
            return;
        }
        LayerState layer = layerOf(task);
        JobState job = layer.job;
        unlease(layer);
        layer.busyNanos += in.busyNanos(i);
        transitions.measure(in.thread(i), 0, 0, in.busyNanos(i), 0);
        if (job.isRunning() && in.isRetryable(i) && tasks.attempt[task] < job.retries) {
            ready(layer, task, Transition.RETRIED);
            tasks.attempt[task]++;
            return;
        }
        move(task, Transition.FAILED);
        stop(job, JobProgress.State.FAILED, task);
    }

    private void returned(int task, int attempt) {
        if (!isCurrent(task, attempt)) {
            return;
        }
        LayerState layer = layerOf(task);
        unlease(layer);
        if (layer.job.isRunning()) {
            ready(layer, task, Transition.RETURNED);
        } else {
            move(task, Transition.ABANDONED);
            finishIfIdle(layer.job);
        }
    }

    /// Partition `partition` exists from now on.
    void produced(LayerState layer, int partition) {
        JobState job = layer.job;
        int task = layer.first + partition;
        layer.produced++;
        job.unproduced--;
        job.inMemory++;
        if (!job.isRunning()) {
            release(job, task);
            finishIfIdle(job);
            return;
        }
        for (Edge edge : layer.plan.uses()) {
            satisfy(job, edge, partition, layer.isComplete());
        }
        for (Edge edge : layer.plan.inputs()) {
            use(job, edge, partition, layer.isComplete());
        }
        if (layer == job.output()) {
            out.offerResult(job.id, task);
        } else if (tasks.uses[task] == 0) {
            release(job, task);
        }
        if (layer.isComplete() && layer.skipped == 0 && losesRows(layer)) {
            stop(job, JobProgress.State.FAILED, NO_TASK);
        } else if (job.unproduced == 0) {
            finish(job, JobProgress.State.SUCCEEDED);
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
            case Dependency.Broadcast _, Dependency.Exchange _ -> {
                for (int c = 0; complete && c < consumer.plan.partitionCount(); c++) {
                    satisfy(consumer, c);
                }
            }
        }
    }

    private void satisfy(LayerState consumer, int partition) {
        int task = consumer.first + partition;
        if (tasks.status(task) == TaskStatus.WAITING && --tasks.missing[task] == 0) {
            ready(consumer, task, Transition.SATISFIED);
        }
    }

    /// Ends the uses that consumer partition `partition` made over `edge`.
    void use(JobState job, Edge edge, int partition, boolean complete) {
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
            case Dependency.Broadcast _, Dependency.Exchange _ -> {
                for (int p = 0; complete && p < producer.plan.partitionCount(); p++) {
                    use(producer, p);
                }
            }
        }
    }

    private void use(LayerState producer, int partition) {
        int task = producer.first + partition;
        if (--tasks.uses[task] == 0 && tasks.status(task) == TaskStatus.IN_MEMORY) {
            release(producer.job, task);
        }
    }

    private void release(JobState job, int task) {
        move(task, Transition.RELEASED);
        job.inMemory--;
        out.releaseResult(task);
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
            out.reportRowLoss(layer.job.id, layer.index, produced, layer.exchangedRows);
            return true;
        }
        return false;
    }

    private void taken(int task) {
        LayerState layer = layerOf(task);
        use(layer, task - layer.first);
        forgetIfEmpty(layer.job);
    }

    private void cancelled(JobState job) {
        if (job.isRunning()) {
            stop(job, JobProgress.State.CANCELLED, NO_TASK);
        }
    }

    private void closed(JobState job) {
        job.closed = true;
        cancelled(job);
        if (job.finished) {
            releaseAll(job);
            forgetIfEmpty(job);
        }
    }

    /// Drops what has not started and what is in memory; what runs is awaited.
    private void stop(JobState job, JobProgress.State outcome, int reason) {
        if (job.isRunning()) {
            job.outcome = outcome;
            transitions.jobStopped(job.id, reason);
            for (LayerState layer : job.layers) {
                drop(layer);
            }
            releaseAll(job);
            out.stopJob(job.id, reason);
        }
        finishIfIdle(job);
    }

    private void drop(LayerState layer) {
        queue.remove(layer);
        for (int p = 0; p < layer.plan.partitionCount(); p++) {
            TaskStatus status = tasks.status(layer.first + p);
            if (status == TaskStatus.READY) {
                layer.removeReady(p);
            }
            if (status == TaskStatus.READY || status == TaskStatus.WAITING) {
                move(layer.first + p, Transition.ABANDONED);
            }
        }
    }

    private void releaseAll(JobState job) {
        int end = job.first + job.plan.taskCount();
        for (int task = job.first; task < end && job.inMemory > 0; task++) {
            if (tasks.status(task) == TaskStatus.IN_MEMORY) {
                release(job, task);
            }
        }
    }

    private void finishIfIdle(JobState job) {
        if (job.leased == 0 && !job.finished) {
            finish(job, job.outcome);
        }
    }

    private void finish(JobState job, JobProgress.State outcome) {
        job.outcome = outcome;
        job.finished = true;
        transitions.jobFinished(job.id, outcome);
        out.finishJob(job.id, outcome);
        if (job.closed) {
            releaseAll(job);
        }
        forgetIfEmpty(job);
    }

    private void forgetIfEmpty(JobState job) {
        if (job.finished && job.inMemory == 0 && jobs.remove(job.id, job)) {
            for (LayerState layer : job.layers) {
                layers.set(layer.slot, null);
                freeSlots.push(layer.slot);
            }
            tasks.release(job.first, job.plan.taskCount());
            transitions.jobForgotten(job.id);
            out.forgetJob(job.id);
        }
    }
}
