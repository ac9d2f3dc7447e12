package io.lazuli.scheduler.internal.core;

import io.lazuli.graph.JobProgress;

/// Effects of a [SchedulerCore], packed as [Entries] say.
public final class EffectBuffer {
    /// Kinds of effects, in the order of their codes.
    public enum Kind {
        ADMIT_JOB,
        RUN_TASKS,
        LOCATE_RESULTS,
        REVOKE_TASKS,
        RECALL_TASKS,
        KEEP_RESULTS,
        REDIRECT_RESULTS,
        RELEASE_RESULTS,
        ADOPT_RESULT,
        DISMISS_WORKER,
        OFFER_RESULT,
        WITHDRAW_RESULT,
        STOP_JOB,
        REPORT_ROW_LOSS,
        REPORT_UNRUNNABLE,
        REPORT_DEADLY,
        RESTORE_RESULT,
        REPORT_HELD_LOST,
        REPORT_UNREADABLE,
        REOPEN_JOB,
        FINISH_JOB,
        FORGET_JOB;

        private static final Kind[] ALL = values();
    }

    private static final JobProgress.State[] STATES = JobProgress.State.values();

    private final Entries entries = new Entries();

    public int size() {
        return entries.size();
    }

    public void clear() {
        entries.clear();
    }

    public Kind kind(int i) {
        return Kind.ALL[entries.kind(i)];
    }

    public int worker(int i) {
        return entries.worker(i);
    }

    public int incarnation(int i) {
        return entries.incarnation(i);
    }

    public int task(int i) {
        return entries.task(i);
    }

    public int attempt(int i) {
        return entries.attempt(i);
    }

    /// Of runs of tasks or results.
    public int count(int i) {
        return (int) entries.a(i);
    }

    public long job(int i) {
        return entries.b(i);
    }

    public int layer(int i) {
        return (int) entries.c(i);
    }

    public boolean isAlone(int i) {
        return entries.d(i) != 0;
    }

    public int holder(int i) {
        return (int) entries.c(i);
    }

    public int expanded(int i) {
        return (int) entries.a(i);
    }

    /// Whose result is adopted.
    public int adopted(int i) {
        return (int) entries.a(i);
    }

    public int deaths(int i) {
        return (int) entries.a(i);
    }

    public int losses(int i) {
        return (int) entries.a(i);
    }

    public JobProgress.State state(int i) {
        return STATES[(int) entries.a(i)];
    }

    public long rowsProduced(int i) {
        return entries.a(i);
    }

    public long rowsTaken(int i) {
        return entries.d(i);
    }

    public Effect get(int i) {
        return switch (kind(i)) {
            case ADMIT_JOB -> new Effect.AdmitJob(job(i), task(i), expanded(i));
            case RUN_TASKS ->
                new Effect.RunTasks(worker(i), job(i), layer(i), task(i), count(i), attempt(i), isAlone(i));
            case LOCATE_RESULTS -> new Effect.LocateResults(worker(i), task(i), count(i), attempt(i), holder(i));
            case REVOKE_TASKS -> new Effect.RevokeTasks(worker(i), task(i), count(i), attempt(i));
            case RECALL_TASKS -> new Effect.RecallTasks(worker(i), task(i), count(i), attempt(i));
            case KEEP_RESULTS -> new Effect.KeepResults(worker(i), task(i), count(i), attempt(i), holder(i));
            case REDIRECT_RESULTS -> new Effect.RedirectResults(worker(i), task(i), count(i), attempt(i), holder(i));
            case RELEASE_RESULTS -> new Effect.ReleaseResults(worker(i), task(i), count(i), attempt(i));
            case ADOPT_RESULT -> new Effect.AdoptResult(worker(i), task(i), attempt(i), adopted(i));
            case DISMISS_WORKER -> new Effect.DismissWorker(worker(i), incarnation(i));
            case OFFER_RESULT -> new Effect.OfferResult(worker(i), job(i), task(i), attempt(i));
            case WITHDRAW_RESULT -> new Effect.WithdrawResult(job(i), task(i));
            case STOP_JOB -> new Effect.StopJob(job(i), task(i));
            case REPORT_ROW_LOSS -> new Effect.ReportRowLoss(job(i), layer(i), rowsProduced(i), rowsTaken(i));
            case REPORT_UNRUNNABLE -> new Effect.ReportUnrunnable(job(i), layer(i));
            case REPORT_DEADLY -> new Effect.ReportDeadly(job(i), task(i), deaths(i));
            case RESTORE_RESULT -> new Effect.RestoreResult(job(i), task(i), attempt(i));
            case REPORT_HELD_LOST -> new Effect.ReportHeldLost(job(i), task(i));
            case REPORT_UNREADABLE -> new Effect.ReportUnreadable(job(i), task(i), losses(i));
            case REOPEN_JOB -> new Effect.ReopenJob(job(i));
            case FINISH_JOB -> new Effect.FinishJob(job(i), state(i));
            case FORGET_JOB -> new Effect.ForgetJob(job(i));
        };
    }

    void admitJob(long job, int firstTask, int expanded) {
        add(Kind.ADMIT_JOB, 0, firstTask, 0, expanded, job, 0, 0);
    }

    void runTasks(int worker, long job, int layer, int firstTask, int count, int attempt, boolean alone) {
        add(Kind.RUN_TASKS, attempt, firstTask, worker, count, job, layer, alone ? 1 : 0);
    }

    void locateResult(int worker, int task, int attempt, int holder) {
        addRun(Kind.LOCATE_RESULTS, worker, task, attempt, holder);
    }

    void keepResult(int worker, int task, int attempt, int holder) {
        addRun(Kind.KEEP_RESULTS, worker, task, attempt, holder);
    }

    void redirectResult(int worker, int task, int attempt, int holder) {
        addRun(Kind.REDIRECT_RESULTS, worker, task, attempt, holder);
    }

    void recallTask(int worker, int task, int attempt) {
        addRun(Kind.RECALL_TASKS, worker, task, attempt);
    }

    void revokeTask(int worker, int task, int attempt) {
        addRun(Kind.REVOKE_TASKS, worker, task, attempt);
    }

    void releaseResult(int worker, int task, int attempt) {
        addRun(Kind.RELEASE_RESULTS, worker, task, attempt);
    }

    void adoptResult(int worker, int task, int attempt, int source) {
        add(Kind.ADOPT_RESULT, attempt, task, worker, source, 0, 0, 0);
    }

    void dismissWorker(int worker, int incarnation) {
        entries.add(Kind.DISMISS_WORKER.ordinal(), 0, 0, Entries.source(worker, incarnation), 0, 0, 0, 0);
    }

    void offerResult(int worker, long job, int task, int attempt) {
        add(Kind.OFFER_RESULT, attempt, task, worker, 0, job, 0, 0);
    }

    void withdrawResult(long job, int task) {
        add(Kind.WITHDRAW_RESULT, 0, task, 0, 0, job, 0, 0);
    }

    void stopJob(long job, int task) {
        add(Kind.STOP_JOB, 0, task, 0, 0, job, 0, 0);
    }

    void reportRowLoss(long job, int layer, long rowsProduced, long rowsTaken) {
        add(Kind.REPORT_ROW_LOSS, 0, 0, 0, rowsProduced, job, layer, rowsTaken);
    }

    void reportUnrunnable(long job, int layer) {
        add(Kind.REPORT_UNRUNNABLE, 0, 0, 0, 0, job, layer, 0);
    }

    void reportDeadly(long job, int task, int deaths) {
        add(Kind.REPORT_DEADLY, 0, task, 0, deaths, job, 0, 0);
    }

    void restoreResult(long job, int task, int attempt) {
        add(Kind.RESTORE_RESULT, attempt, task, 0, 0, job, 0, 0);
    }

    void reportUnreadable(long job, int task, int losses) {
        add(Kind.REPORT_UNREADABLE, 0, task, 0, losses, job, 0, 0);
    }

    void reportHeldLost(long job, int task) {
        add(Kind.REPORT_HELD_LOST, 0, task, 0, 0, job, 0, 0);
    }

    void reopenJob(long job) {
        add(Kind.REOPEN_JOB, 0, 0, 0, 0, job, 0, 0);
    }

    void finishJob(long job, JobProgress.State state) {
        add(Kind.FINISH_JOB, 0, 0, 0, state.ordinal(), job, 0, 0);
    }

    void forgetJob(long job) {
        add(Kind.FORGET_JOB, 0, 0, 0, 0, job, 0, 0);
    }

    /// Joins the run of the entry before, if it ends where this one starts.
    private void addRun(Kind kind, int worker, int task, int attempt) {
        if (extendsLast(kind, worker, task, attempt)) {
            entries.incrementLastA();
        } else {
            add(kind, attempt, task, worker, 1, 0, 0, 0);
        }
    }

    private void addRun(Kind kind, int worker, int task, int attempt, int holder) {
        if (extendsLast(kind, worker, task, attempt) && holder(size() - 1) == holder) {
            entries.incrementLastA();
        } else {
            add(kind, attempt, task, worker, 1, 0, holder, 0);
        }
    }

    private boolean extendsLast(Kind kind, int worker, int task, int attempt) {
        int last = entries.size() - 1;
        return last >= 0
                && kind(last) == kind
                && worker(last) == worker
                && attempt(last) == attempt
                && task(last) + count(last) == task;
    }

    private void add(Kind kind, int attempt, int task, int worker, long a, long job, long c, long d) {
        entries.add(kind.ordinal(), attempt, task, Entries.source(worker, 0), a, job, c, d);
    }
}
