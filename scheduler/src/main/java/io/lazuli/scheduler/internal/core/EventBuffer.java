package io.lazuli.scheduler.internal.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Events for a [SchedulerCore], packed as [Entries] say.
public final class EventBuffer {
    static final int JOB_SUBMITTED = 0;
    static final int JOB_CANCELLED = 1;
    static final int JOB_CLOSED = 2;
    static final int RESULT_TAKEN = 3;
    static final int RESTORATION_SUBMITTED = 4;
    static final int TIME_PASSED = 5;
    static final int WORKER_SUSPECTED = 6;
    /// From here on, a worker speaks.
    static final int WORKER_JOINED = 7;
    static final int WORKER_DIED = 8;
    static final int WORKER_HEARD = 9;
    static final int WORKER_HAS_ROOM = 10;
    static final int TASK_FINISHED = 11;
    static final int TASK_EXPANDED = 12;
    static final int TASK_FAILED = 13;
    static final int TASK_RETURNED = 14;
    static final int TASK_RUNS_LONG = 15;
    static final int RESULT_LOST = 16;
    static final int WORKER_LEAVES = 17;
    static final int RESULT_KEPT = 18;
    static final int RESULT_DECLINED = 19;
    /// From here on, no worker's core does.
    static final int RESULT_STUCK = 20;

    private final Entries entries = new Entries();
    /// Plans and profiles that entries in this buffer refer to by index; nearly always empty.
    private final List<Object> attached = new ArrayList<>();

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.size() == 0;
    }

    public void clear() {
        entries.clear();
        attached.clear();
    }

    public void jobSubmitted(long job, JobPlan plan) {
        entries.add(JOB_SUBMITTED, 0, 0, 0, job, attach(plan), 0, 0);
    }

    public void jobCancelled(long job) {
        entries.add(JOB_CANCELLED, 0, 0, 0, job, 0, 0, 0);
    }

    public void jobClosed(long job) {
        entries.add(JOB_CLOSED, 0, 0, 0, job, 0, 0, 0);
    }

    public void resultTaken(int task) {
        entries.add(RESULT_TAKEN, 0, task, 0, 0, 0, 0, 0);
    }

    public void restorationSubmitted(long job, int task, int attempt, long restorer, JobPlan plan) {
        entries.add(RESTORATION_SUBMITTED, attempt, task, 0, restorer, attach(plan), job, 0);
    }

    public void timePassed() {
        entries.add(TIME_PASSED, 0, 0, 0, 0, 0, 0, 0);
    }

    /// @param source see [Entries#source]; the same holds below
    public void workerSuspected(long source) {
        entries.add(WORKER_SUSPECTED, 0, 0, source, 0, 0, 0, 0);
    }

    public void workerJoined(long source, WorkerProfile profile) {
        entries.add(WORKER_JOINED, 0, 0, source, attach(profile), 0, 0, 0);
    }

    public void workerDied(long source) {
        entries.add(WORKER_DIED, 0, 0, source, 0, 0, 0, 0);
    }

    public void workerHeard(long source) {
        entries.add(WORKER_HEARD, 0, 0, source, 0, 0, 0, 0);
    }

    public void workerHasRoom(long source, int leases) {
        entries.add(WORKER_HAS_ROOM, 0, 0, source, leases, 0, 0, 0);
    }

    public void taskFinished(long source, int task, int attempt, long rows, long bytes, long busyNanos,
            long exchangedRows) {
        entries.add(TASK_FINISHED, attempt, task, source, rows, bytes, busyNanos, exchangedRows);
    }

    public void taskExpanded(long source, int task, int attempt, long job, JobPlan plan, long busyNanos,
            long exchangedRows) {
        entries.add(TASK_EXPANDED, attempt, task, source, job, attach(plan), busyNanos, exchangedRows);
    }

    public void taskFailed(long source, int task, int attempt, boolean retryable, long busyNanos) {
        entries.add(TASK_FAILED, attempt, task, source, retryable ? 1 : 0, 0, busyNanos, 0);
    }

    public void taskReturned(long source, int task, int attempt) {
        entries.add(TASK_RETURNED, attempt, task, source, 0, 0, 0, 0);
    }

    public void taskRunsLong(long source, int task, int attempt) {
        entries.add(TASK_RUNS_LONG, attempt, task, source, 0, 0, 0, 0);
    }

    public void resultLost(long source, int task, int attempt) {
        entries.add(RESULT_LOST, attempt, task, source, 0, 0, 0, 0);
    }

    public void workerLeaves(long source) {
        entries.add(WORKER_LEAVES, 0, 0, source, 0, 0, 0, 0);
    }

    public void resultKept(long source, int task, int attempt) {
        entries.add(RESULT_KEPT, attempt, task, source, 0, 0, 0, 0);
    }

    public void resultDeclined(long source, int task, int attempt) {
        entries.add(RESULT_DECLINED, attempt, task, source, 0, 0, 0, 0);
    }

    public void resultStuck(long source, int task, int attempt) {
        entries.add(RESULT_STUCK, attempt, task, source, 0, 0, 0, 0);
    }

    /// The events as words, without what is attached to them.
    public long[] packed() {
        long[] words = new long[size() * Entries.STRIDE];
        entries.copyPacked(words, 0);
        return words;
    }

    /// Jobs of the events that say that a task expanded, in order.
    public long[] expandedJobs() {
        return IntStream.range(0, size()).filter(i -> kind(i) == TASK_EXPANDED).mapToLong(this::job).toArray();
    }

    /// Adds what a worker's core has reported.
    ///
    /// @param source   who says so, whatever the words do
    /// @param words    [#packed] there
    /// @param expanded knows what tasks expanded to, asked in the order of the events that say so
    public void addReports(long source, long[] words, Expanded expanded) {
        for (int at = 0; at + Entries.STRIDE <= words.length; at += Entries.STRIDE) {
            entries.addPacked(words, at, 1);
            int last = size() - 1;
            entries.setSource(last, source);
            if (kind(last) <= WORKER_DIED || kind(last) >= RESULT_STUCK) {
                throw new IllegalArgumentException("no worker's core reports an event of kind " + kind(last));
            }
            if (kind(last) == TASK_EXPANDED) {
                Expanded.Child child = expanded.next(task(last));
                entries.setJob(last, child.job(), attach(child.plan()));
            }
        }
    }

    /// Knows what tasks expanded to.
    public interface Expanded {
        /// @param job a new id for running the graph
        record Child(long job, JobPlan plan) {}

        /// What that task expanded to: it is the next that did.
        Child next(int task);
    }

    public void add(Event event) {
        switch (event) {
            case Event.JobSubmitted e -> jobSubmitted(e.job(), e.plan());
            case Event.JobCancelled e -> jobCancelled(e.job());
            case Event.JobClosed e -> jobClosed(e.job());
            case Event.ResultTaken e -> resultTaken(e.task());
            case Event.RestorationSubmitted e ->
                restorationSubmitted(e.job(), e.task(), e.attempt(), e.restorer(), e.plan());
            case Event.TimePassed _ -> timePassed();
            case Event.WorkerSuspected e -> workerSuspected(Entries.source(e.worker(), e.incarnation()));
            case Event.WorkerJoined e -> workerJoined(Entries.source(e.worker(), e.incarnation()), e.profile());
            case Event.WorkerDied e -> workerDied(Entries.source(e.worker(), e.incarnation()));
            case Event.WorkerHeard e -> workerHeard(Entries.source(e.worker(), e.incarnation()));
            case Event.WorkerHasRoom e -> workerHasRoom(Entries.source(e.worker(), e.incarnation()), e.leases());
            case Event.TaskFinished e -> taskFinished(
                    Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt(), e.rows(), e.bytes(),
                    e.busyNanos(), e.exchangedRows());
            case Event.TaskExpanded e -> taskExpanded(
                    Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt(), e.job(), e.plan(),
                    e.busyNanos(), e.exchangedRows());
            case Event.TaskFailed e -> taskFailed(
                    Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt(), e.retryable(), e.busyNanos());
            case Event.TaskReturned e ->
                taskReturned(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
            case Event.TaskRunsLong e ->
                taskRunsLong(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
            case Event.ResultLost e -> resultLost(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
            case Event.WorkerLeaves e -> workerLeaves(Entries.source(e.worker(), e.incarnation()));
            case Event.ResultKept e -> resultKept(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
            case Event.ResultDeclined e ->
                resultDeclined(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
            case Event.ResultStuck e -> resultStuck(Entries.source(e.worker(), e.incarnation()), e.task(), e.attempt());
        }
    }

    public Event get(int i) {
        int worker = entries.worker(i);
        int incarnation = entries.incarnation(i);
        int task = entries.task(i);
        int attempt = entries.attempt(i);
        return switch (kind(i)) {
            case JOB_SUBMITTED -> new Event.JobSubmitted(job(i), plan(i));
            case JOB_CANCELLED -> new Event.JobCancelled(job(i));
            case JOB_CLOSED -> new Event.JobClosed(job(i));
            case RESULT_TAKEN -> new Event.ResultTaken(task);
            case RESTORATION_SUBMITTED ->
                new Event.RestorationSubmitted(parent(i), task, attempt, job(i), plan(i));
            case TIME_PASSED -> new Event.TimePassed();
            case WORKER_SUSPECTED -> new Event.WorkerSuspected(worker, incarnation);
            case WORKER_JOINED -> new Event.WorkerJoined(worker, incarnation, profile(i));
            case WORKER_DIED -> new Event.WorkerDied(worker, incarnation);
            case WORKER_HEARD -> new Event.WorkerHeard(worker, incarnation);
            case WORKER_HAS_ROOM -> new Event.WorkerHasRoom(worker, incarnation, leases(i));
            case TASK_FINISHED -> new Event.TaskFinished(
                    worker, incarnation, task, attempt, rows(i), bytes(i), busyNanos(i), exchangedRows(i));
            case TASK_EXPANDED ->
                new Event.TaskExpanded(
                        worker, incarnation, task, attempt, job(i), plan(i), busyNanos(i), exchangedRows(i));
            case TASK_FAILED ->
                new Event.TaskFailed(worker, incarnation, task, attempt, isRetryable(i), busyNanos(i));
            case TASK_RETURNED -> new Event.TaskReturned(worker, incarnation, task, attempt);
            case TASK_RUNS_LONG -> new Event.TaskRunsLong(worker, incarnation, task, attempt);
            case RESULT_LOST -> new Event.ResultLost(worker, incarnation, task, attempt);
            case WORKER_LEAVES -> new Event.WorkerLeaves(worker, incarnation);
            case RESULT_KEPT -> new Event.ResultKept(worker, incarnation, task, attempt);
            case RESULT_DECLINED -> new Event.ResultDeclined(worker, incarnation, task, attempt);
            case RESULT_STUCK -> new Event.ResultStuck(worker, incarnation, task, attempt);
            default -> throw new IllegalStateException("unknown event kind " + kind(i));
        };
    }

    private int attach(Object object) {
        attached.add(object);
        return attached.size() - 1;
    }

    int kind(int i) {
        return entries.kind(i);
    }

    /// The last event comes from that thread of its worker.
    public void from(int thread) {
        entries.setLastThread(thread);
    }

    int thread(int i) {
        return entries.thread(i);
    }

    int attempt(int i) {
        return entries.attempt(i);
    }

    int task(int i) {
        return entries.task(i);
    }

    int worker(int i) {
        return entries.worker(i);
    }

    int incarnation(int i) {
        return entries.incarnation(i);
    }

    long job(int i) {
        return entries.a(i);
    }

    /// The job whose task a graph runs for.
    long parent(int i) {
        return entries.c(i);
    }

    JobPlan plan(int i) {
        return (JobPlan) attached.get((int) entries.b(i));
    }

    WorkerProfile profile(int i) {
        return (WorkerProfile) attached.get((int) entries.a(i));
    }

    int leases(int i) {
        return (int) entries.a(i);
    }

    long rows(int i) {
        return entries.a(i);
    }

    long bytes(int i) {
        return entries.b(i);
    }

    long busyNanos(int i) {
        return entries.c(i);
    }

    long exchangedRows(int i) {
        return entries.d(i);
    }

    boolean isRetryable(int i) {
        return entries.a(i) != 0;
    }
}
