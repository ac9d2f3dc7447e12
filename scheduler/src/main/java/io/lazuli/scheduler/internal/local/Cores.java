package io.lazuli.scheduler.internal.local;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Both cores, wired together without a network between them, and the hands that do what they say.
///
/// ```
///   inbox --> WorkerCore --reports--> SchedulerCore --orders--> inbox, again and again
///                 \--> leases, results dropped      \--> results offered, jobs finished
/// ```
///
/// For whoever holds the dispatcher's lock.
final class Cores {
    /// The one worker is number 0, and is so for the first time.
    private static final long SOURCE = Entries.source(0, 0);
    private static final int EPOCH = CoreOptions.LOCAL.epoch();
    /// Tasks that are looked at, on average, each time the cores are validated.
    private static final int VALIDATED_EACH_TIME = 200;
    /// Validating a job costs as much as so many tasks do.
    private static final int COST_OF_A_JOB = 100;

    private final Dispatcher dispatcher;
    private final ResultStore store;
    private final Aftermath aftermath;
    private final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    private final WorkerCore workerCore;
    /// These three are empty except during a call.
    private final Inbox in = Inbox.create();
    private final EffectBuffer out = new EffectBuffer();
    private final WorkerEffectBuffer workerOut = new WorkerEffectBuffer();
    private int abandonedCount;
    /// What the store's counters said when jobs were sampled last.
    private long sampledChanges;
    /// Tasks that could have been looked at since the cores were validated last.
    private long unvalidated;

    Cores(Dispatcher dispatcher, ResultStore store, Aftermath aftermath) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.aftermath = aftermath;
        this.workerCore = new WorkerCore(WorkerOptions.local(SOURCE, dispatcher.profile().threads()));
    }

    /// What [#handle] will be about.
    Inbox inbox() {
        return in;
    }

    TransitionBuffer transitions() {
        return core.transitions();
    }

    /// The one worker is there.
    void join() {
        in.client().workerJoined(SOURCE, dispatcher.profile());
    }

    /// Id of the job of a task that runs.
    long jobOf(int task) {
        return core.jobOf(task);
    }

    /// Tells observers what has gone to disk since they were told last, or come back.
    void sample(TransitionBuffer into) {
        long changes = store.counters().changeCount();
        if (changes != sampledChanges) {
            sampledChanges = changes;
            dispatcher.jobs().values().forEach(job -> job.sample(into));
        }
    }

    int idleThreadCount() {
        return workerCore.idleCount();
    }

    /// Threads that were given up.
    int abandonedCount() {
        return abandonedCount;
    }

    /// Lets the cores decide about the inbox, and does what they say: the worker's core first, whose reports are the scheduler's
    /// events, whose orders are the worker's events, until nobody has anything to say.
    void handle() {
        while (!in.isEmpty()) {
            long now = System.nanoTime();
            workerCore.on(in.worker(), now, workerOut);
            in.worker().clear();
            for (int i = 0; i < workerOut.size(); i++) {
                applyHere(i);
            }
            core.on(in.client(), now, out);
            core.on(workerOut.reports(), now, out);
            in.client().clear();
            workerOut.clear();
            for (int i = 0; i < out.size(); i++) {
                apply(i);
                in.worker().order(EPOCH, out, i);
            }
            out.clear();
        }
    }

    /// Always true, or an error. Re-derives the state of both cores: each time while they know few tasks, less often the more
    /// there are.
    boolean isValid() {
        unvalidated += VALIDATED_EACH_TIME;
        if (unvalidated >= core.capacity() + (long) COST_OF_A_JOB * dispatcher.jobs().size()) {
            unvalidated = 0;
            core.validate();
            workerCore.validate();
        }
        return true;
    }

    /// What the worker's core wants done.
    private void applyHere(int i) {
        switch (workerOut.kind(i)) {
            case START_TASKS -> {
                Seat seat = dispatcher.seats().get(workerOut.thread(i));
                LayerRun layer = job(workerOut.job(i)).layer(workerOut.layer(i));
                seat.lease = new Lease(
                        layer, workerOut.task(i), workerOut.count(i), workerOut.attempt(i), workerOut.isForced(i),
                        workerOut.isAlone(i));
                if (seat.worker.thread != Thread.currentThread()) {
                    LockSupport.unpark(seat.worker.thread);
                }
            }
            case DROP_RESULTS -> {
                for (int task = workerOut.task(i); task < workerOut.task(i) + workerOut.count(i); task++) {
                    aftermath.release(store.remove(task));
                }
            }
            case ADOPT_RESULT -> store.put(workerOut.task(i), store.find(workerOut.source(i)).retain());
            case INTERRUPT_THREAD -> press(workerOut.thread(i), workerOut.task(i));
            case ABANDON_THREAD -> replace(dispatcher.seats().get(workerOut.thread(i)), workerOut.task(i));
            case FETCH_INPUT, REJOIN ->
                throw new IllegalStateException("the only worker was told to " + workerOut.get(i));
        }
    }

    private void press(int thread, int task) {
        Worker worker = dispatcher.seats().get(thread).worker;
        worker.running.interrupt(worker.thread, task, overdue(task));
    }

    private RuntimeException overdue(int task) {
        return jobsWith(task)
                .findFirst()
                .map(job -> job.overdue(task))
                .orElseGet(() -> Errors.cancelled("a job that is over"));
    }

    /// Puts a new thread in the place of one whose task does not end.
    private void replace(Seat seat, int task) {
        if (seat.worker.running.abandon(task)) {
            jobsWith(task).forEach(job -> job.recordAbandoned(task));
            for (RunningTask.Mark waiting : seat.worker.running.suspended()) {
                jobsWith(waiting.task()).forEach(job -> job.recordThreadLost(waiting.task()));
                in.worker().taskFailed(waiting.task(), waiting.attempt(), true, 0);
            }
            seat.worker.ring.drainTo(in.worker());
            seat.worker = dispatcher.newWorker(seat);
            abandonedCount++;
            seat.worker.thread.start();
        }
    }

    private Stream<JobRun> jobsWith(int task) {
        return dispatcher.jobs().values().stream().filter(job -> job.has(task));
    }

    /// What the scheduler's core wants done.
    private void apply(int i) {
        switch (out.kind(i)) {
            case RUN_TASKS, RELEASE_RESULTS, ADOPT_RESULT -> {}
            case OFFER_RESULT -> job(out.job(i)).offer(out.task(i), in);
            case WITHDRAW_RESULT -> job(out.job(i)).withdraw(out.task(i));
            case ADMIT_JOB -> {
                store.ensureCapacity(core.capacity());
                JobRun job = job(out.job(i));
                job.admit(out.task(i), core.progress(job.id()));
                in.worker().jobAnnounced(EPOCH, job.id(), out.task(i), job.plan());
                dispatcher.watch();
            }
            case STOP_JOB -> job(out.job(i)).stop(out.task(i));
            case REPORT_ROW_LOSS ->
                job(out.job(i)).loseRows(out.layer(i), out.rowsProduced(i), out.rowsTaken(i));
            case REPORT_UNRUNNABLE -> job(out.job(i)).refuse(out.layer(i));
            case RESTORE_RESULT -> job(out.job(i)).restore(out.task(i), out.attempt(i), in);
            case REPORT_HELD_LOST -> job(out.job(i)).loseHeld();
            case REPORT_UNREADABLE -> job(out.job(i)).refuseToRead(out.task(i), out.losses(i));
            case REOPEN_JOB -> job(out.job(i)).reopen();
            case FINISH_JOB -> job(out.job(i)).finish(out.state(i));
            case FORGET_JOB -> {
                job(out.job(i)).sample(core.transitions());
                dispatcher.jobs().remove(out.job(i));
            }
            case LOCATE_RESULTS, REVOKE_TASKS, DISMISS_WORKER, REPORT_DEADLY ->
                throw new IllegalStateException("there is one worker, and yet " + out.get(i));
        }
    }

    private JobRun job(long id) {
        return Objects.requireNonNull(dispatcher.jobs().get(id), "the core speaks of a job that it was not given");
    }
}
