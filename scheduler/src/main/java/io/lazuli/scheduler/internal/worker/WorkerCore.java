package io.lazuli.scheduler.internal.worker;

import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.JobPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides what one worker does: which thread runs which of the leased tasks, what is fetched from other workers, what waits for
/// memory, what is to run alone, and what has taken too long. A pure state machine, as the scheduler's core is.
///
/// ```
///   TasksLeased --> BLOCKED --inputs here--> QUEUED --> STARTED --> HELD --released--> (absent)
///                                              ^          |
///                        room again, or alone  +-- DEFERRED, STARVED
/// ```
///
/// What a scheduler of an older epoch orders is refused. A worker that is dismissed, or is ordered by a new leader that does not
/// know it, drops everything and joins anew.
public final class WorkerCore {
    private final WorkerOptions options;
    final TaskStates tasks = new TaskStates();
    final Map<Long, LocalJob> jobs = new LinkedHashMap<>();
    final Copies copies = new Copies(this);
    private final Threads threads;
    /// Leased runs whose inputs are here, in the order of their coming.
    private final Deque<Run> queued = new ArrayDeque<>();
    /// Tasks whose grant was refused.
    private final Deque<Run> deferred = new ArrayDeque<>();
    /// Tasks that are to run with nothing beside them.
    private final Deque<Run> lonely = new ArrayDeque<>();
    /// The thread whose task runs with nothing beside it, or -1.
    private int aloneThread = -1;
    /// Something has ended since a deferred task was tried last.
    private boolean hasNewRoom;
    /// Leases asked for and not yet given.
    private int asked;
    /// Highest epoch of any order; -1 before the first.
    private int epoch = -1;
    private long refusedCount;
    /// Asked to end: takes no more leases, and stays until it is dismissed.
    private boolean isLeaving;
    /// Dismissed: nothing is heard any more.
    private boolean isOver;
    private long now;
    private WorkerEffectBuffer out = new WorkerEffectBuffer();

    public WorkerCore(WorkerOptions options) {
        this.options = options;
        this.threads = new Threads(options);
    }

    /// A run of consecutive tasks of one layer.
    ///
    /// @param alone with nothing beside it
    record Run(LocalJob job, int layer, int first, int count, int attempt, boolean alone) {
        Run slice(int from, int to) {
            return new Run(job, layer, first + from, to - from, attempt, alone);
        }
    }

    /// Handles all events of `in`; appends to `out` what is to be done, and to its reports what the scheduler is to know.
    public void on(WorkerEventBuffer in, long nanos, WorkerEffectBuffer out) {
        this.now = nanos;
        this.out = out;
        for (int i = 0; i < in.size() && !isOver; i++) {
            if (in.isOrder(i)) {
                order(in, i);
            } else {
                event(in, i);
            }
        }
        if (!isOver) {
            dispatch();
        }
    }

    /// Threads that have nothing to run.
    public int idleCount() {
        return threads.idleCount();
    }

    /// True if that attempt of the task is in this worker's hands, and has not ended.
    public boolean awaits(int task, int attempt) {
        return tasks.isLeased(task) && tasks.attempt(task) == attempt;
    }

    /// True if a copy of that attempt's result was asked for, and has not come.
    public boolean awaitsCopy(int task, int attempt) {
        return copies.awaits(task, attempt);
    }

    /// True if the result of that attempt is here, and is this worker's own.
    public boolean holds(int task, int attempt) {
        return tasks.is(task, TaskStates.HELD) && tasks.attempt(task) == attempt;
    }

    /// Orders refused because of their epoch.
    public long refusedCount() {
        return refusedCount;
    }

    /// Tasks and results of any kind that it knows of.
    public int taskCount() {
        return tasks.count() + copies.count();
    }

    /// Derives everything anew. Errors: IllegalStateException that names what is wrong.
    public void validate() {
        new WorkerInvariants(this, queued, deferred, lonely, threads).check();
    }

    WorkerOptions options() {
        return options;
    }

    WorkerEffectBuffer out() {
        return out;
    }

    /// Time of the events being handled.
    long now() {
        return now;
    }

    private EventBuffer reports() {
        return out.reports();
    }

    private void order(WorkerEventBuffer in, int i) {
        if (in.epoch(i) < epoch) {
            refusedCount++;
            return;
        }
        if (epoch >= 0 && in.epoch(i) > epoch || in.kind(i) == WorkerEventBuffer.DISMISSED) {
            isOver = true;
            out.rejoin();
            return;
        }
        epoch = in.epoch(i);
        switch (in.kind(i)) {
            case WorkerEventBuffer.JOB_ANNOUNCED -> announced(in.job(i), in.task(i), in.plan(i));
            case WorkerEventBuffer.TASKS_LEASED -> leased(in, i);
            case WorkerEventBuffer.RESULTS_LOCATED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    located(task, in.attempt(i), in.holder(i));
                }
            }
            case WorkerEventBuffer.RESULTS_ENTRUSTED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    entrusted(task, in.attempt(i), in.holder(i));
                }
            }
            case WorkerEventBuffer.RESULTS_REDIRECTED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    copies.redirected(task, in.attempt(i), in.holder(i));
                }
            }
            case WorkerEventBuffer.TASKS_RECALLED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    recalled(task, in.attempt(i));
                }
            }
            case WorkerEventBuffer.TASKS_REVOKED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    revoked(task, in.attempt(i));
                }
            }
            case WorkerEventBuffer.RESULTS_RELEASED -> {
                for (int task = in.task(i); task < in.task(i) + in.count(i); task++) {
                    released(task, in.attempt(i));
                }
            }
            case WorkerEventBuffer.RESULT_ADOPTED -> adopted(in.task(i), in.attempt(i), in.holder(i));
            case WorkerEventBuffer.JOB_STOPPED -> stopped(in.job(i));
            case WorkerEventBuffer.JOB_FORGOTTEN -> forgotten(in.job(i));
            default -> throw new IllegalStateException("unknown order " + in.kind(i));
        }
    }

    private void event(WorkerEventBuffer in, int i) {
        int task = in.task(i);
        int attempt = in.attempt(i);
        switch (in.kind(i)) {
            case WorkerEventBuffer.TASK_FINISHED -> finished(in, i);
            case WorkerEventBuffer.THREAD_IDLE -> {
                aloneThread = task == aloneThread ? -1 : aloneThread;
                threads.idle(task);
            }
            case WorkerEventBuffer.THREAD_RESUMED -> threads.busy(task);
            case WorkerEventBuffer.TASK_EXPANDED -> {
                if (ends(task, attempt)) {
                    reports().taskExpanded(
                            options.source(), task, attempt, in.job(i), in.plan(i), in.busyNanos(i),
                            in.exchangedRows(i));
                    reports().from(in.speaker(i));
                }
            }
            case WorkerEventBuffer.TASK_FAILED -> {
                if (ends(task, attempt)) {
                    reports().taskFailed(options.source(), task, attempt, in.isRetryable(i), in.busyNanos(i));
                    reports().from(in.speaker(i));
                }
            }
            case WorkerEventBuffer.TASK_RETURNED -> {
                if (ends(task, attempt)) {
                    reports().taskReturned(options.source(), task, attempt);
                }
            }
            case WorkerEventBuffer.TASK_DEFERRED -> putOff(task, attempt, TaskStates.DEFERRED, deferred);
            case WorkerEventBuffer.TASK_STARVED -> putOff(task, attempt, TaskStates.STARVED, lonely);
            case WorkerEventBuffer.TASK_SIGHTED -> sighted(in.thread(i), task, attempt, in.sinceNanos(i));
            case WorkerEventBuffer.INPUT_ARRIVED -> copies.arrived(task, attempt);
            case WorkerEventBuffer.INPUT_UNAVAILABLE -> copies.unavailable(task, attempt);
            case WorkerEventBuffer.RESULT_LOST -> lost(task, attempt);
            case WorkerEventBuffer.ASKED_TO_LEAVE -> leave();
            case WorkerEventBuffer.TIME_PASSED -> {
                copies.retry();
                reports().workerHeard(options.source());
            }
            default -> throw new IllegalStateException("unknown event " + in.kind(i));
        }
    }

    private void announced(long job, int firstTask, JobPlan plan) {
        jobs.put(job, new LocalJob(job, firstTask, plan));
        tasks.ensureCapacity(firstTask + plan.taskCount());
    }

    private void leased(WorkerEventBuffer in, int i) {
        asked--;
        LocalJob job = jobs.get(in.job(i));
        int end = in.task(i) + in.count(i);
        int attempt = in.attempt(i);
        if (job == null || job.isStopped() || isLeaving) {
            for (int task = in.task(i); task < end; task++) {
                reports().taskReturned(options.source(), task, attempt);
            }
            return;
        }
        Run run = new Run(job, in.layer(i), in.task(i), in.count(i), attempt, in.isAlone(i));
        for (int task = run.first; task < end; task++) {
            take(task, attempt);
        }
        if (copies.isEmpty()) {
            enqueue(run);
            return;
        }
        for (int t = 0; t < run.count; t++) {
            Run single = run.slice(t, t + 1);
            if (!copies.block(single)) {
                enqueue(single);
            }
        }
    }

    /// What is known of an earlier attempt is over.
    private void take(int task, int attempt) {
        copies.supersede(task);
        endEarlier(task);
        tasks.set(task, TaskStates.QUEUED, attempt);
    }

    private void endEarlier(int task) {
        if (tasks.is(task, TaskStates.HELD)) {
            out.dropResult(task, tasks.attempt(task));
        } else if (tasks.isLeased(task)) {
            copies.unuse(task);
        }
    }

    /// The inputs of all its tasks are here.
    void enqueue(Run run) {
        (run.alone ? lonely : queued).add(run);
    }

    /// Gives a task back whose input cannot be had.
    void giveBack(Run single) {
        if (leaves(single.first, single.attempt)) {
            reports().taskReturned(options.source(), single.first, single.attempt);
        }
    }

    private void finished(WorkerEventBuffer in, int i) {
        int task = in.task(i);
        int attempt = in.attempt(i);
        hasNewRoom = true;
        if (!leaves(task, attempt)) {
            out.dropResult(task, attempt);
            return;
        }
        tasks.set(task, TaskStates.HELD, attempt);
        reports().taskFinished(
                options.source(), task, attempt, in.rows(i), in.bytes(i), in.busyNanos(i), in.exchangedRows(i));
        reports().from(in.speaker(i));
    }

    /// The task has ended, or could not start, without a result. True if that is news.
    private boolean ends(int task, int attempt) {
        hasNewRoom = true;
        return leaves(task, attempt);
    }

    /// The task is not in this worker's hands any more. True if it was.
    private boolean leaves(int task, int attempt) {
        if (!tasks.isLeased(task) || tasks.attempt(task) != attempt) {
            return false;
        }
        tasks.set(task, TaskStates.ABSENT, attempt);
        copies.unuse(task);
        return true;
    }

    private void putOff(int task, int attempt, byte state, Deque<Run> until) {
        LocalJob job = jobOf(task);
        if (!tasks.is(task, TaskStates.STARTED) || tasks.attempt(task) != attempt || job == null) {
            return;
        }
        if (isLeaving) {
            leaves(task, attempt);
            reports().taskReturned(options.source(), task, attempt);
            return;
        }
        tasks.set(task, state, attempt);
        until.add(new Run(job, job.layerOf(task), task, 1, attempt, state == TaskStates.STARVED));
    }

    private void located(int task, int attempt, int holder) {
        // It may have become this worker's own since that was said.
        if (!holds(task, attempt)) {
            copies.located(task, attempt, holder);
        }
    }

    private void entrusted(int task, int attempt, int holder) {
        if (holds(task, attempt)) {
            reports().resultKept(options.source(), task, attempt);
        } else {
            copies.entrusted(task, attempt, holder);
        }
    }

    /// A copy of another worker's result is this worker's own from now on.
    void own(int task, int attempt) {
        tasks.ensureCapacity(task + 1);
        endEarlier(task);
        tasks.set(task, TaskStates.HELD, attempt);
        reports().resultKept(options.source(), task, attempt);
    }

    private void recalled(int task, int attempt) {
        if (isWaiting(task, attempt)) {
            leaves(task, attempt);
            reports().taskReturned(options.source(), task, attempt);
        }
    }

    private void leave() {
        if (isLeaving) {
            return;
        }
        isLeaving = true;
        reports().workerLeaves(options.source());
        jobs.values().forEach(this::giveBackUnstarted);
    }

    private void revoked(int task, int attempt) {
        if (tasks.attempt(task) == attempt && tasks.isLeased(task)) {
            tasks.set(task, TaskStates.ABSENT, attempt);
            copies.unuse(task);
        }
    }

    private void released(int task, int attempt) {
        if (tasks.is(task, TaskStates.HELD) && tasks.attempt(task) == attempt) {
            tasks.set(task, TaskStates.ABSENT, attempt);
            out.dropResult(task, attempt);
        } else {
            copies.released(task, attempt);
        }
    }

    private void adopted(int task, int attempt, int source) {
        boolean isHere = source < 0 || tasks.is(source, TaskStates.HELD);
        if (!isHere) {
            reports().resultLost(options.source(), task, attempt);
            return;
        }
        tasks.ensureCapacity(task + 1);
        copies.supersede(task);
        tasks.set(task, TaskStates.HELD, attempt);
        if (source >= 0) {
            out.adoptResult(task, attempt, source);
        }
    }

    private void lost(int task, int lostAttempt) {
        int attempt = lostAttempt == WorkerEventBuffer.ANY_ATTEMPT ? tasks.attempt(task) : lostAttempt;
        if (tasks.is(task, TaskStates.HELD) && tasks.attempt(task) == attempt) {
            tasks.set(task, TaskStates.ABSENT, attempt);
            out.dropResult(task, attempt);
            reports().resultLost(options.source(), task, attempt);
        } else {
            copies.lost(task, lostAttempt);
        }
    }

    private void stopped(long id) {
        LocalJob job = jobs.get(id);
        if (job == null) {
            return;
        }
        job.stop(now);
        giveBackUnstarted(job);
        copies.forget(job);
    }

    private void giveBackUnstarted(LocalJob job) {
        for (int task = job.first(); task < job.end(); task++) {
            if (tasks.isLeased(task) && !tasks.is(task, TaskStates.STARTED)) {
                int attempt = tasks.attempt(task);
                leaves(task, attempt);
                reports().taskReturned(options.source(), task, attempt);
            }
        }
    }

    private void forgotten(long id) {
        LocalJob job = jobs.remove(id);
        if (job == null) {
            return;
        }
        for (int task = job.first(); task < job.end(); task++) {
            if (tasks.is(task, TaskStates.HELD)) {
                out.dropResult(task, tasks.attempt(task));
            }
            tasks.set(task, TaskStates.ABSENT, tasks.attempt(task));
        }
        copies.forget(job);
    }

    /// Null if the task's job is forgotten.
    @Nullable
    LocalJob jobOf(int task) {
        for (LocalJob job : jobs.values()) {
            if (job.has(task)) {
                return job;
            }
        }
        return null;
    }

    private void sighted(int thread, int task, int attempt, long sinceNanos) {
        LocalJob job = jobOf(task);
        boolean isCurrent = job != null && tasks.is(task, TaskStates.STARTED) && tasks.attempt(task) == attempt;
        if (isCurrent && now - sinceNanos >= options.longNanos() && threads.isNews(thread, task, attempt)) {
            reports().taskRunsLong(options.source(), task, attempt);
        }
        boolean isOverdue = job != null && isCurrent
                ? job.isOverdue(task, sinceNanos, now, options.graceNanos())
                : !tasks.is(task, TaskStates.HELD);
        switch (threads.press(thread, task, attempt, isOverdue, now)) {
            case LEAVE -> {}
            case INTERRUPT -> out.interruptThread(thread, task, attempt);
            case ABANDON -> {
                out.abandonThread(thread, task, attempt);
                if (ends(task, attempt)) {
                    reports().taskFailed(options.source(), task, attempt, true, now - sinceNanos);
                }
            }
        }
    }

    /// Gives idle threads what they may run, and asks for more if there is not enough.
    private void dispatch() {
        while (threads.idleCount() > 0 && aloneThread < 0 && startNext()) {
            continue;
        }
        int wanted = threads.idleCount() + options.queuedLeases() - queued.size() - asked;
        if (wanted > 0 && !isLeaving) {
            asked += wanted;
            reports().workerHasRoom(options.source(), wanted);
        }
    }

    private boolean startNext() {
        boolean isQuiet = threads.busyCount() == 0;
        Run alone = first(lonely);
        if (alone != null) {
            if (isQuiet) {
                lonely.remove();
                aloneThread = start(alone, true);
            }
            return isQuiet;
        }
        Run late = isQuiet || hasNewRoom ? first(deferred) : null;
        if (late != null) {
            deferred.remove();
            hasNewRoom = false;
            start(late, isQuiet);
            return true;
        }
        Run next = first(queued);
        if (next == null) {
            return false;
        }
        queued.remove();
        start(next, false);
        return true;
    }

    /// The first run whose first task still is this worker's; null if there is none. What is not, is dropped.
    private @Nullable Run first(Deque<Run> runs) {
        while (!runs.isEmpty()) {
            Run run = runs.peek();
            int gone = 0;
            while (gone < run.count && !isWaiting(run.first + gone, run.attempt)) {
                gone++;
            }
            int here = gone;
            while (here < run.count && isWaiting(run.first + here, run.attempt)) {
                here++;
            }
            if (here == run.count && gone == 0) {
                return run;
            }
            runs.remove();
            if (here < run.count) {
                runs.push(run.slice(here, run.count));
            }
            if (here > gone) {
                runs.push(run.slice(gone, here));
            }
        }
        return null;
    }

    private boolean isWaiting(int task, int attempt) {
        return tasks.attempt(task) == attempt && tasks.isLeased(task) && !tasks.is(task, TaskStates.STARTED);
    }

    /// Returns the thread.
    private int start(Run run, boolean forced) {
        for (int task = run.first; task < run.first + run.count; task++) {
            tasks.set(task, TaskStates.STARTED, run.attempt);
        }
        int thread = threads.take();
        out.startTasks(thread, run.job.id(), run.layer, run.first, run.count, run.attempt, forced, run.alone);
        return thread;
    }
}
