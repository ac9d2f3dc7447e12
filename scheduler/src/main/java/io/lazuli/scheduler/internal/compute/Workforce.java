package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The worker's core and the hands that do what it says: leases go to threads, results leave the store.
///
/// ```
///   inbox --> WorkerCore --> leases, interrupts, results dropped or adopted
///                 \--------> reports: what the scheduler is to know
/// ```
///
/// For whoever holds the dispatcher's lock.
public final class Workforce {
    private final Dispatcher dispatcher;
    private final ResultStore store;
    private final Jobs jobs;
    private final Elsewhere elsewhere;
    private final WorkerCore core;
    private final WorkerEventBuffer in = new WorkerEventBuffer();
    private final WorkerEffectBuffer out = new WorkerEffectBuffer();
    private final KeptAttempts kept;
    private int abandonedCount;

    /// The jobs that this worker knows.
    public interface Jobs {
        /// Null if the job is not known, or not any more.
        @Nullable
        TaskJob find(long id);

        Stream<? extends TaskJob> all();
    }

    /// What a worker does that is not the only one.
    public interface Elsewhere {
        /// A worker that is the only one.
        Elsewhere NOWHERE = new Elsewhere() {
            @Override
            public void fetch(int task, int attempt, int holder, boolean sliced) {
                throw new IllegalStateException("the only worker is to fetch task " + task + " from " + holder);
            }

            @Override
            public void rejoin() {
                throw new IllegalStateException("the only worker is dismissed");
            }
        };

        /// Gets a copy of a result that worker `holder` has.
        ///
        /// @param sliced for tasks that read slices of it: the rest need not come
        void fetch(int task, int attempt, int holder, boolean sliced);

        /// Drops everything, and joins under a new incarnation.
        void rejoin();
    }

    public Workforce(
            WorkerOptions options, Dispatcher dispatcher, ResultStore store, Jobs jobs, Elsewhere elsewhere) {
        this.core = new WorkerCore(options);
        this.dispatcher = dispatcher;
        this.store = store;
        this.jobs = jobs;
        this.elsewhere = elsewhere;
        this.kept = elsewhere == Elsewhere.NOWHERE ? KeptAttempts.UNTOLD : new KeptAttempts.ByTask();
    }

    /// What [#decide] will be about.
    public WorkerEventBuffer inbox() {
        return in;
    }

    /// Puts a result under its task's name, in place of any other attempt's. Ownership: takes over a hold.
    public void put(int task, int attempt, StoredResult result) {
        if (kept.replaces(task)) {
            dispatcher.releaseLater(store.remove(task));
        }
        store.put(task, result);
        kept.put(task, attempt);
    }

    /// True if the worker's core waits for that attempt's end.
    public boolean awaits(int task, int attempt) {
        return core.awaits(task, attempt);
    }

    /// True if the worker's core has asked for a copy of that attempt's result, and waits for it.
    public boolean awaitsCopy(int task, int attempt) {
        return core.awaitsCopy(task, attempt);
    }

    /// The result of that attempt, if it is here and this worker's own. Ownership: the caller's hold.
    public Optional<StoredResult> lend(int task, int attempt) {
        return core.holds(task, attempt) ? Optional.of(store.find(task).retain()) : Optional.empty();
    }

    public int idleThreadCount() {
        return core.idleCount();
    }

    /// Threads that were given up.
    public int abandonedCount() {
        return abandonedCount;
    }

    /// Derives the core's state anew. Errors: IllegalStateException that names what is wrong.
    public void validate() {
        core.validate();
    }

    /// Lets the core decide about the inbox, and does what it says. What the scheduler is to know stays in [#reports].
    public void decide(long now) {
        core.on(in, now, out);
        in.clear();
        for (int i = 0; i < out.size(); i++) {
            apply(i);
        }
    }

    public EventBuffer reports() {
        return out.reports();
    }

    /// The reports have been passed on.
    public void reported() {
        out.clear();
    }

    /// Shows the core what the threads are at, and that time has passed.
    public void timePassed() {
        for (Seat seat : dispatcher.seats()) {
            RunningTask.Mark mark = seat.worker.running.look();
            if (!mark.isNothing()) {
                in.taskSighted(seat.index, mark.task(), mark.attempt(), mark.sinceNanos());
            }
        }
        in.timePassed();
    }

    private void apply(int i) {
        switch (out.kind(i)) {
            case START_TASKS -> start(i);
            case DROP_RESULTS -> {
                for (int task = out.task(i); task < out.task(i) + out.count(i); task++) {
                    if (kept.remove(task, out.attempt(i))) {
                        dispatcher.releaseLater(store.remove(task));
                    }
                }
            }
            case ADOPT_RESULT -> put(out.task(i), out.attempt(i), store.find(out.source(i)).retain());
            case INTERRUPT_THREAD -> press(out.thread(i), out.task(i), out.attempt(i));
            case ABANDON_THREAD -> replace(dispatcher.seats().get(out.thread(i)), out.task(i), out.attempt(i));
            case FETCH_INPUT -> elsewhere.fetch(out.task(i), out.attempt(i), out.holder(i), out.isSliced(i));
            case REJOIN -> elsewhere.rejoin();
        }
    }

    private void start(int i) {
        Seat seat = dispatcher.seats().get(out.thread(i));
        TaskJob job = Objects.requireNonNull(
                jobs.find(out.job(i)), "the core speaks of a job that it was not given");
        seat.lease = new Lease(
                job.layer(out.layer(i)), out.task(i), out.count(i), out.attempt(i), out.isForced(i), out.isAlone(i));
        if (seat.worker.thread != Thread.currentThread()) {
            LockSupport.unpark(seat.worker.thread);
        }
    }

    private void press(int thread, int task, int attempt) {
        ComputeThread worker = dispatcher.seats().get(thread).worker;
        worker.running.interrupt(worker.thread, task, attempt, overdue(task));
    }

    private RuntimeException overdue(int task) {
        return jobsWith(task)
                .findFirst()
                .map(job -> job.overdue(task))
                .orElseGet(() -> Errors.cancelled("a job that is over"));
    }

    /// Puts a new thread in the place of one whose task does not end.
    private void replace(Seat seat, int task, int attempt) {
        if (seat.worker.running.abandon(task, attempt)) {
            jobsWith(task).forEach(job -> job.recordAbandoned(task));
            for (RunningTask.Mark waiting : seat.worker.running.suspended()) {
                jobsWith(waiting.task()).forEach(job -> job.recordThreadLost(waiting.task()));
                in.taskFailed(waiting.task(), waiting.attempt(), true, 0);
            }
            seat.worker.ring.drainTo(in);
            seat.worker = dispatcher.newWorker(seat);
            abandonedCount++;
            seat.worker.thread.start();
        }
    }

    private Stream<? extends TaskJob> jobsWith(int task) {
        return jobs.all().filter(job -> job.has(task));
    }
}
