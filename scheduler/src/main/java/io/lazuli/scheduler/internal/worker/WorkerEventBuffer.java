package io.lazuli.scheduler.internal.worker;

import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.ArrayList;
import java.util.List;

/// Events for a [WorkerCore], packed as [Entries] say.
public final class WorkerEventBuffer {
    static final int JOB_ANNOUNCED = 0;
    static final int TASKS_LEASED = 1;
    static final int RESULTS_LOCATED = 2;
    static final int TASKS_REVOKED = 3;
    static final int TASKS_RECALLED = 4;
    static final int RESULTS_ENTRUSTED = 5;
    static final int RESULTS_REDIRECTED = 6;
    static final int RESULTS_RELEASED = 7;
    static final int RESULT_ADOPTED = 8;
    static final int JOB_STOPPED = 9;
    static final int JOB_FORGOTTEN = 10;
    static final int DISMISSED = 11;
    /// Orders end here.
    static final int THREAD_IDLE = 12;
    static final int THREAD_RESUMED = 13;
    static final int TASK_FINISHED = 14;
    static final int TASK_EXPANDED = 15;
    static final int TASK_FAILED = 16;
    static final int TASK_RETURNED = 17;
    static final int TASK_DEFERRED = 18;
    static final int TASK_STARVED = 19;
    static final int TASK_SIGHTED = 20;
    static final int INPUT_ARRIVED = 21;
    static final int INPUT_UNAVAILABLE = 22;
    static final int RESULT_LOST = 23;
    static final int ASKED_TO_LEAVE = 24;
    static final int TIME_PASSED = 25;

    /// In place of an attempt, where a store keeps one result of a task and not several attempts'.
    public static final int ANY_ATTEMPT = Entries.LARGEST_ATTEMPT;

    private final Entries entries = new Entries();
    /// Plans that entries in this buffer refer to by index; nearly always empty.
    private final List<JobPlan> plans = new ArrayList<>();

    public int size() {
        return entries.size();
    }

    public boolean isEmpty() {
        return entries.size() == 0;
    }

    public void clear() {
        entries.clear();
        plans.clear();
    }

    public void jobAnnounced(int epoch, long job, int firstTask, JobPlan plan) {
        plans.add(plan);
        entries.add(JOB_ANNOUNCED, 0, firstTask, epoch, job, plans.size() - 1, 0, 0);
    }

    public void tasksLeased(int epoch, long job, int layer, int firstTask, int count, int attempt, boolean alone) {
        entries.add(TASKS_LEASED, attempt, firstTask, epoch, job, layer, count, alone ? 1 : 0);
    }

    public void resultsLocated(int epoch, int firstTask, int count, int attempt, int holder) {
        entries.add(RESULTS_LOCATED, attempt, firstTask, epoch, holder, 0, count, 0);
    }

    public void tasksRevoked(int epoch, int firstTask, int count, int attempt) {
        entries.add(TASKS_REVOKED, attempt, firstTask, epoch, 0, 0, count, 0);
    }

    public void tasksRecalled(int epoch, int firstTask, int count, int attempt) {
        entries.add(TASKS_RECALLED, attempt, firstTask, epoch, 0, 0, count, 0);
    }

    public void resultsEntrusted(int epoch, int firstTask, int count, int attempt, int holder) {
        entries.add(RESULTS_ENTRUSTED, attempt, firstTask, epoch, holder, 0, count, 0);
    }

    public void resultsRedirected(int epoch, int firstTask, int count, int attempt, int holder) {
        entries.add(RESULTS_REDIRECTED, attempt, firstTask, epoch, holder, 0, count, 0);
    }

    public void resultsReleased(int epoch, int firstTask, int count, int attempt) {
        entries.add(RESULTS_RELEASED, attempt, firstTask, epoch, 0, 0, count, 0);
    }

    public void resultAdopted(int epoch, int task, int attempt, int source) {
        entries.add(RESULT_ADOPTED, attempt, task, epoch, source, 0, 0, 0);
    }

    public void jobStopped(int epoch, long job) {
        entries.add(JOB_STOPPED, 0, 0, epoch, job, 0, 0, 0);
    }

    public void jobForgotten(int epoch, long job) {
        entries.add(JOB_FORGOTTEN, 0, 0, epoch, job, 0, 0, 0);
    }

    public void dismissed(int epoch) {
        entries.add(DISMISSED, 0, 0, epoch, 0, 0, 0, 0);
    }

    /// The scheduler's effect `i` as an order, if it is one to a worker. The shell looks after jobs: it alone knows plans.
    public void order(int epoch, EffectBuffer effects, int i) {
        int task = effects.task(i);
        int attempt = effects.attempt(i);
        switch (effects.kind(i)) {
            case RUN_TASKS -> tasksLeased(
                    epoch, effects.job(i), effects.layer(i), task, effects.count(i), attempt, effects.isAlone(i));
            case LOCATE_RESULTS -> resultsLocated(epoch, task, effects.count(i), attempt, effects.holder(i));
            case REVOKE_TASKS -> tasksRevoked(epoch, task, effects.count(i), attempt);
            case RECALL_TASKS -> tasksRecalled(epoch, task, effects.count(i), attempt);
            case KEEP_RESULTS -> resultsEntrusted(epoch, task, effects.count(i), attempt, effects.holder(i));
            case REDIRECT_RESULTS -> resultsRedirected(epoch, task, effects.count(i), attempt, effects.holder(i));
            case RELEASE_RESULTS -> resultsReleased(epoch, task, effects.count(i), attempt);
            case ADOPT_RESULT -> resultAdopted(epoch, task, attempt, effects.adopted(i));
            case DISMISS_WORKER -> dismissed(epoch);
            case STOP_JOB -> jobStopped(epoch, effects.job(i));
            case FORGET_JOB -> jobForgotten(epoch, effects.job(i));
            case ADMIT_JOB, OFFER_RESULT, WITHDRAW_RESULT, REPORT_ROW_LOSS, REPORT_UNRUNNABLE, REPORT_DEADLY,
                    RESTORE_RESULT, REPORT_HELD_LOST, REPORT_UNREADABLE, REOPEN_JOB, FINISH_JOB ->
                {}
        }
    }

    public void threadIdle(int thread) {
        entries.add(THREAD_IDLE, 0, thread, 0, 0, 0, 0, 0);
    }

    public void threadResumed(int thread) {
        entries.add(THREAD_RESUMED, 0, thread, 0, 0, 0, 0, 0);
    }

    public void taskFinished(int task, int attempt, long rows, long bytes, long busyNanos, long exchangedRows) {
        entries.add(TASK_FINISHED, attempt, task, 0, rows, bytes, busyNanos, exchangedRows);
    }

    public void taskExpanded(int task, int attempt, long job, JobPlan plan, long busyNanos, long exchangedRows) {
        plans.add(plan);
        entries.add(TASK_EXPANDED, attempt, task, 0, job, plans.size() - 1, busyNanos, exchangedRows);
    }

    /// The last event comes from that thread.
    public void from(int thread) {
        entries.setLastThread(thread);
    }

    public void taskFailed(int task, int attempt, boolean retryable, long busyNanos) {
        entries.add(TASK_FAILED, attempt, task, 0, retryable ? 1 : 0, 0, busyNanos, 0);
    }

    public void taskReturned(int task, int attempt) {
        entries.add(TASK_RETURNED, attempt, task, 0, 0, 0, 0, 0);
    }

    public void taskDeferred(int task, int attempt) {
        entries.add(TASK_DEFERRED, attempt, task, 0, 0, 0, 0, 0);
    }

    public void taskStarved(int task, int attempt) {
        entries.add(TASK_STARVED, attempt, task, 0, 0, 0, 0, 0);
    }

    public void taskSighted(int thread, int task, int attempt, long sinceNanos) {
        entries.add(TASK_SIGHTED, attempt, task, 0, thread, 0, sinceNanos, 0);
    }

    public void inputArrived(int task, int attempt) {
        entries.add(INPUT_ARRIVED, attempt, task, 0, 0, 0, 0, 0);
    }

    public void inputUnavailable(int task, int attempt) {
        entries.add(INPUT_UNAVAILABLE, attempt, task, 0, 0, 0, 0, 0);
    }

    public void resultLost(int task, int attempt) {
        entries.add(RESULT_LOST, attempt, task, 0, 0, 0, 0, 0);
    }

    public void askedToLeave() {
        entries.add(ASKED_TO_LEAVE, 0, 0, 0, 0, 0, 0, 0);
    }

    public void timePassed() {
        entries.add(TIME_PASSED, 0, 0, 0, 0, 0, 0, 0);
    }

    /// Copies `count` packed entries without a plan from `source`, which start at word `from`.
    public void addPacked(long[] source, int from, int count) {
        entries.addPacked(source, from, count);
    }

    /// Copies the entries of this buffer into `target` from word `to`.
    public void copyPacked(long[] target, int to) {
        entries.copyPacked(target, to);
    }

    /// The events as words, without the plans.
    public long[] packed() {
        long[] words = new long[size() * Entries.STRIDE];
        entries.copyPacked(words, 0);
        return words;
    }

    /// Adds what a scheduler has ordered, and tells `jobs` what it says of these.
    ///
    /// @param words [#packed] there
    public void addOrders(long[] words, OrderedJobs jobs) {
        for (int at = 0; at + Entries.STRIDE <= words.length; at += Entries.STRIDE) {
            entries.addPacked(words, at, 1);
            int last = size() - 1;
            switch (kind(last)) {
                case JOB_ANNOUNCED -> {
                    plans.add(jobs.announced(job(last), task(last)));
                    entries.setJob(last, job(last), plans.size() - 1);
                }
                case JOB_STOPPED -> jobs.stopped(job(last));
                case JOB_FORGOTTEN -> jobs.forgotten(job(last));
                default -> {
                    if (!isOrder(last)) {
                        throw new IllegalArgumentException("no scheduler orders an event of kind " + kind(last));
                    }
                }
            }
        }
    }

    /// Hears what orders say of jobs, as they are read: before the core does.
    public interface OrderedJobs {
        /// The job that is the next to be announced. Returns its plan.
        JobPlan announced(long job, int firstTask);

        void stopped(long job);

        void forgotten(long job);
    }

    public void add(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.JobAnnounced e -> jobAnnounced(e.epoch(), e.job(), e.firstTask(), e.plan());
            case WorkerEvent.TasksLeased e ->
                tasksLeased(e.epoch(), e.job(), e.layer(), e.firstTask(), e.count(), e.attempt(), e.alone());
            case WorkerEvent.ResultsLocated e ->
                resultsLocated(e.epoch(), e.firstTask(), e.count(), e.attempt(), e.holder());
            case WorkerEvent.TasksRevoked e -> tasksRevoked(e.epoch(), e.firstTask(), e.count(), e.attempt());
            case WorkerEvent.TasksRecalled e -> tasksRecalled(e.epoch(), e.firstTask(), e.count(), e.attempt());
            case WorkerEvent.ResultsEntrusted e ->
                resultsEntrusted(e.epoch(), e.firstTask(), e.count(), e.attempt(), e.holder());
            case WorkerEvent.ResultsRedirected e ->
                resultsRedirected(e.epoch(), e.firstTask(), e.count(), e.attempt(), e.holder());
            case WorkerEvent.ResultsReleased e -> resultsReleased(e.epoch(), e.firstTask(), e.count(), e.attempt());
            case WorkerEvent.ResultAdopted e -> resultAdopted(e.epoch(), e.task(), e.attempt(), e.source());
            case WorkerEvent.JobStopped e -> jobStopped(e.epoch(), e.job());
            case WorkerEvent.JobForgotten e -> jobForgotten(e.epoch(), e.job());
            case WorkerEvent.Dismissed e -> dismissed(e.epoch());
            case WorkerEvent.ThreadIdle e -> threadIdle(e.thread());
            case WorkerEvent.ThreadResumed e -> threadResumed(e.thread());
            case WorkerEvent.TaskFinished e ->
                taskFinished(e.task(), e.attempt(), e.rows(), e.bytes(), e.busyNanos(), e.exchangedRows());
            case WorkerEvent.TaskExpanded e ->
                taskExpanded(e.task(), e.attempt(), e.job(), e.plan(), e.busyNanos(), e.exchangedRows());
            case WorkerEvent.TaskFailed e -> taskFailed(e.task(), e.attempt(), e.retryable(), e.busyNanos());
            case WorkerEvent.TaskReturned e -> taskReturned(e.task(), e.attempt());
            case WorkerEvent.TaskDeferred e -> taskDeferred(e.task(), e.attempt());
            case WorkerEvent.TaskStarved e -> taskStarved(e.task(), e.attempt());
            case WorkerEvent.TaskSighted e -> taskSighted(e.thread(), e.task(), e.attempt(), e.sinceNanos());
            case WorkerEvent.InputArrived e -> inputArrived(e.task(), e.attempt());
            case WorkerEvent.InputUnavailable e -> inputUnavailable(e.task(), e.attempt());
            case WorkerEvent.ResultLost e -> resultLost(e.task(), e.attempt());
            case WorkerEvent.AskedToLeave _ -> askedToLeave();
            case WorkerEvent.TimePassed _ -> timePassed();
        }
    }

    public WorkerEvent get(int i) {
        int epoch = entries.incarnation(i);
        int task = entries.task(i);
        int attempt = entries.attempt(i);
        return switch (kind(i)) {
            case JOB_ANNOUNCED -> new WorkerEvent.JobAnnounced(epoch, job(i), task, plan(i));
            case TASKS_LEASED ->
                new WorkerEvent.TasksLeased(epoch, job(i), layer(i), task, count(i), attempt, isAlone(i));
            case RESULTS_LOCATED -> new WorkerEvent.ResultsLocated(epoch, task, count(i), attempt, holder(i));
            case TASKS_REVOKED -> new WorkerEvent.TasksRevoked(epoch, task, count(i), attempt);
            case TASKS_RECALLED -> new WorkerEvent.TasksRecalled(epoch, task, count(i), attempt);
            case RESULTS_ENTRUSTED -> new WorkerEvent.ResultsEntrusted(epoch, task, count(i), attempt, holder(i));
            case RESULTS_REDIRECTED -> new WorkerEvent.ResultsRedirected(epoch, task, count(i), attempt, holder(i));
            case RESULTS_RELEASED -> new WorkerEvent.ResultsReleased(epoch, task, count(i), attempt);
            case RESULT_ADOPTED -> new WorkerEvent.ResultAdopted(epoch, task, attempt, holder(i));
            case JOB_STOPPED -> new WorkerEvent.JobStopped(epoch, job(i));
            case JOB_FORGOTTEN -> new WorkerEvent.JobForgotten(epoch, job(i));
            case DISMISSED -> new WorkerEvent.Dismissed(epoch);
            case THREAD_IDLE -> new WorkerEvent.ThreadIdle(task);
            case THREAD_RESUMED -> new WorkerEvent.ThreadResumed(task);
            case TASK_FINISHED ->
                new WorkerEvent.TaskFinished(task, attempt, rows(i), bytes(i), busyNanos(i), exchangedRows(i));
            case TASK_EXPANDED ->
                new WorkerEvent.TaskExpanded(task, attempt, job(i), plan(i), busyNanos(i), exchangedRows(i));
            case TASK_FAILED -> new WorkerEvent.TaskFailed(task, attempt, isRetryable(i), busyNanos(i));
            case TASK_RETURNED -> new WorkerEvent.TaskReturned(task, attempt);
            case TASK_DEFERRED -> new WorkerEvent.TaskDeferred(task, attempt);
            case TASK_STARVED -> new WorkerEvent.TaskStarved(task, attempt);
            case TASK_SIGHTED -> new WorkerEvent.TaskSighted(thread(i), task, attempt, sinceNanos(i));
            case INPUT_ARRIVED -> new WorkerEvent.InputArrived(task, attempt);
            case INPUT_UNAVAILABLE -> new WorkerEvent.InputUnavailable(task, attempt);
            case RESULT_LOST -> new WorkerEvent.ResultLost(task, attempt);
            case ASKED_TO_LEAVE -> new WorkerEvent.AskedToLeave();
            case TIME_PASSED -> new WorkerEvent.TimePassed();
            default -> throw new IllegalStateException("unknown event kind " + kind(i));
        };
    }

    int kind(int i) {
        return entries.kind(i);
    }

    boolean isOrder(int i) {
        return entries.kind(i) < THREAD_IDLE;
    }

    int epoch(int i) {
        return entries.incarnation(i);
    }

    int task(int i) {
        return entries.task(i);
    }

    int attempt(int i) {
        return entries.attempt(i);
    }

    long job(int i) {
        return entries.a(i);
    }

    JobPlan plan(int i) {
        return plans.get((int) entries.b(i));
    }

    int layer(int i) {
        return (int) entries.b(i);
    }

    int count(int i) {
        return (int) entries.c(i);
    }

    boolean isAlone(int i) {
        return entries.d(i) != 0;
    }

    /// Who holds the located results; whose result is adopted.
    int holder(int i) {
        return (int) entries.a(i);
    }

    /// The thread that was looked at.
    int thread(int i) {
        return (int) entries.a(i);
    }

    /// The thread that says so.
    int speaker(int i) {
        return entries.thread(i);
    }

    long sinceNanos(int i) {
        return entries.c(i);
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
