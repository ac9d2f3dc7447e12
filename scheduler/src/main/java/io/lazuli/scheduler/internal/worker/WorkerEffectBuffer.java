package io.lazuli.scheduler.internal.worker;

import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.EventBuffer;

/// Effects of a [WorkerCore], packed as [Entries] say, and its reports to the scheduler.
public final class WorkerEffectBuffer {
    /// Kinds of effects, in the order of their codes.
    public enum Kind {
        START_TASKS,
        INTERRUPT_THREAD,
        ABANDON_THREAD,
        FETCH_INPUT,
        DROP_RESULTS,
        ADOPT_RESULT,
        REJOIN;

        private static final Kind[] ALL = values();
    }

    private static final int FORCED = 1;
    private static final int ALONE = 2;

    private final Entries entries = new Entries();
    private final EventBuffer reports = new EventBuffer();

    public int size() {
        return entries.size();
    }

    /// Clears effects and reports.
    public void clear() {
        entries.clear();
        reports.clear();
    }

    /// What the worker tells its scheduler, in order.
    public EventBuffer reports() {
        return reports;
    }

    public Kind kind(int i) {
        return Kind.ALL[entries.kind(i)];
    }

    public int thread(int i) {
        return entries.worker(i);
    }

    public int task(int i) {
        return entries.task(i);
    }

    public int attempt(int i) {
        return entries.attempt(i);
    }

    public int count(int i) {
        return (int) entries.a(i);
    }

    public long job(int i) {
        return entries.b(i);
    }

    public int layer(int i) {
        return (int) entries.c(i);
    }

    public boolean isForced(int i) {
        return (entries.d(i) & FORCED) != 0;
    }

    public boolean isAlone(int i) {
        return (entries.d(i) & ALONE) != 0;
    }

    public int holder(int i) {
        return (int) entries.a(i);
    }

    public boolean isSliced(int i) {
        return entries.b(i) != 0;
    }

    /// Whose result is adopted.
    public int source(int i) {
        return (int) entries.a(i);
    }

    public WorkerEffect get(int i) {
        return switch (kind(i)) {
            case START_TASKS -> new WorkerEffect.StartTasks(
                    thread(i), job(i), layer(i), task(i), count(i), attempt(i), isForced(i), isAlone(i));
            case INTERRUPT_THREAD -> new WorkerEffect.InterruptThread(thread(i), task(i), attempt(i));
            case ABANDON_THREAD -> new WorkerEffect.AbandonThread(thread(i), task(i), attempt(i));
            case FETCH_INPUT -> new WorkerEffect.FetchInput(task(i), attempt(i), holder(i), isSliced(i));
            case DROP_RESULTS -> new WorkerEffect.DropResults(task(i), count(i), attempt(i));
            case ADOPT_RESULT -> new WorkerEffect.AdoptResult(task(i), attempt(i), source(i));
            case REJOIN -> new WorkerEffect.Rejoin();
        };
    }

    void startTasks(int thread, long job, int layer, int firstTask, int count, int attempt, boolean forced,
            boolean alone) {
        long flags = (forced ? FORCED : 0) | (alone ? ALONE : 0);
        entries.add(
                Kind.START_TASKS.ordinal(), attempt, firstTask, Entries.source(thread, 0), count, job, layer, flags);
    }

    void interruptThread(int thread, int task, int attempt) {
        entries.add(Kind.INTERRUPT_THREAD.ordinal(), attempt, task, Entries.source(thread, 0), 0, 0, 0, 0);
    }

    void abandonThread(int thread, int task, int attempt) {
        entries.add(Kind.ABANDON_THREAD.ordinal(), attempt, task, Entries.source(thread, 0), 0, 0, 0, 0);
    }

    void fetchInput(int task, int attempt, int holder, boolean sliced) {
        entries.add(Kind.FETCH_INPUT.ordinal(), attempt, task, 0, holder, sliced ? 1 : 0, 0, 0);
    }

    /// Joins the run of the entry before, if it ends where this one starts.
    void dropResult(int task, int attempt) {
        int last = entries.size() - 1;
        if (last >= 0
                && kind(last) == Kind.DROP_RESULTS
                && attempt(last) == attempt
                && task(last) + count(last) == task) {
            entries.incrementLastA();
        } else {
            entries.add(Kind.DROP_RESULTS.ordinal(), attempt, task, 0, 1, 0, 0, 0);
        }
    }

    void adoptResult(int task, int attempt, int source) {
        entries.add(Kind.ADOPT_RESULT.ordinal(), attempt, task, 0, source, 0, 0, 0);
    }

    void rejoin() {
        entries.add(Kind.REJOIN.ordinal(), 0, 0, 0, 0, 0, 0, 0);
    }
}
