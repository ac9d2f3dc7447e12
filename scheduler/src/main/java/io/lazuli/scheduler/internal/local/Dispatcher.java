package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.CoreOptions;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import io.lazuli.scheduler.internal.worker.WorkerCore;
import io.lazuli.scheduler.internal.worker.WorkerEffectBuffer;
import io.lazuli.scheduler.internal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The shell around the core. There is no scheduler thread: whichever thread has something to tell takes the lock, collects
/// what all threads have to tell, lets the core decide, and hands out the leases.
///
/// ```
///   worker 0 -- ring --\                        /--> lease -- worker 0
///   worker 1 -- ring ---+--> [lock] core.on ----+--> lease -- worker 1
///   client calls ------/                        \--> results offered, released, jobs finished
/// ```
final class Dispatcher implements EngineState {
    /// How long a client may not see what a worker keeps to itself while it runs a task that was thought to be short.
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// The one worker is number 0, and is so for the first time.
    private static final long SOURCE = Entries.source(0, 0);
    private static final int EPOCH = CoreOptions.LOCAL.epoch();
    /// Tasks that are looked at, on average, each time the cores are validated.
    private static final int VALIDATED_EACH_TIME = 1_000;
    /// Validating a job costs as much as so many tasks do.
    private static final int COST_OF_A_JOB = 100;

    /// Guards the cores, all buffers, the jobs and the state of each job.
    private final ReentrantLock lock = new ReentrantLock();
    private final SchedulerCore core = new SchedulerCore(CoreOptions.LOCAL);
    private final WorkerCore workerCore;
    /// These are empty except while the lock is held.
    private final Inbox in = Inbox.create();
    private final EffectBuffer out = new EffectBuffer();
    private final WorkerEffectBuffer workerOut = new WorkerEffectBuffer();
    private final WorkerProfile profile;
    private final TaskRunner runner;
    private final EventPublisher events;
    private final ResultStore store;
    private final List<Seat> seats;
    private final Ticker ticker = new Ticker(this);
    /// Jobs that the core knows.
    private final Map<Long, JobRun> jobs = new LinkedHashMap<>();
    /// Taken out of the store, to be released without the lock: it may close a mapped file.
    private List<StoredResult> released = new ArrayList<>();
    /// Calls to listeners, to be made without the lock.
    private List<SerialCalls> calls = new ArrayList<>();
    /// Batches taken from `released` that are not wholly released yet.
    private final AtomicInteger releasing = new AtomicInteger();
    /// Signalled when `releasing` falls to zero while somebody waits for it.
    private final Condition settled = lock.newCondition();
    private final AtomicInteger waitingForSettled = new AtomicInteger();
    private int abandonedCount;
    /// Tasks that could have been looked at since the cores were validated last.
    private long unvalidated;
    private long lastJob;
    /// What the store's counters said when jobs were sampled last.
    private long sampledChanges;
    /// Workers without work, as the core saw it last.
    private volatile int hungryCount;
    /// Workers that are about to ask for work, from before they read the rings until `hungryCount` has them.
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean stopping;
    /// A defect of the engine itself, after which nothing runs; null as long as all is well.
    private volatile @Nullable Throwable broken;

    Dispatcher(WorkerProfile profile, TaskRunner runner, ResultStore store) {
        this.workerCore = new WorkerCore(WorkerOptions.local(SOURCE, profile.threads()));
        this.profile = profile;
        this.runner = runner;
        this.events = new EventPublisher(core.transitions(), this);
        this.store = store;
        this.seats = IntStream.range(0, profile.threads()).mapToObj(Seat::new).toList();
        seats.forEach(seat -> seat.worker = new Worker(seat, this, runner));
        in.client().workerJoined(SOURCE, profile);
        handle();
    }

    WorkerProfile profile() {
        return profile;
    }

    /// For a caller that holds the lock.
    long nextJobId() {
        return ++lastJob;
    }

    /// The job whose task runs in the calling thread, or [TransitionBuffer#NONE]. For a caller that holds the lock.
    long currentJobId() {
        return currentWorker()
                .map(worker -> worker.running.look())
                .filter(task -> !task.isNothing())
                .map(task -> core.jobOf(task.task()))
                .orElse((long) TransitionBuffer.NONE);
    }

    void start() {
        seats.forEach(seat -> seat.worker.thread.start());
        ticker.start();
    }

    List<Seat> seats() {
        return seats;
    }

    EventPublisher events() {
        return events;
    }

    @Override
    public void exclusively(Runnable action) {
        call(_ -> {
            action.run();
            return true;
        });
    }

    @Override
    public void describe(Description into) {
        into.worker(0, profile.threads());
        jobs.values().forEach(job -> job.describe(into));
    }

    @Override
    public void sample(TransitionBuffer into) {
        long changes = store.counters().changeCount();
        if (changes != sampledChanges) {
            sampledChanges = changes;
            jobs.values().forEach(job -> job.sample(into));
        }
    }

    boolean isStopping() {
        return stopping;
    }

    /// True if some worker has nothing to run, or is about to say so. A worker that publishes a completion and then finds this
    /// false may keep it: whoever asks for work later counts itself in `asking` before it reads the rings. Hence the order.
    boolean hasHungry() {
        return asking.get() > 0 || hungryCount > 0;
    }

    Condition newCondition() {
        return lock.newCondition();
    }

    /// Handles what all rings hold; leaves it to the thread that is at it now, unless `always`.
    void tell(boolean always) {
        events.awaitRoom();
        if (always) {
            lock.lock();
        } else if (!lock.tryLock()) {
            return;
        }
        Later later;
        try {
            advance();
            later = takeLater();
        } finally {
            lock.unlock();
        }
        doLater(later);
    }

    /// Handles what all rings hold, and asks for a lease for a worker that has none.
    void askFor(Worker worker) {
        asking.incrementAndGet();
        try {
            call(inbox -> {
                if (worker.seat.lease.isEmpty() && worker.seat.worker == worker) {
                    inbox.worker().threadIdle(worker.seat.index);
                }
                return true;
            });
        } finally {
            asking.decrementAndGet();
        }
    }

    /// The worker's task goes on after it has waited for others.
    void resumed(Worker worker) {
        call(inbox -> {
            inbox.worker().threadResumed(worker.seat.index);
            return true;
        });
    }

    /// Lets time pass for the cores, and shows them what the threads are at. True if there is anything to watch over.
    boolean tick() {
        return call(inbox -> {
            for (Seat seat : seats) {
                RunningTask.Mark mark = seat.worker.running.look();
                if (!mark.isNothing()) {
                    inbox.worker().taskSighted(seat.index, mark.task(), mark.attempt(), mark.sinceNanos());
                }
            }
            inbox.worker().timePassed();
            inbox.client().timePassed();
            return !jobs.isEmpty();
        });
    }

    /// Runs `action` with the lock held and everything known so far handled; the events that it adds are handled next.
    <T> T call(Function<Inbox, T> action) {
        T value;
        Later later;
        lock.lock();
        try {
            value = applyTo(action);
            later = takeLater();
        } finally {
            lock.unlock();
        }
        doLater(later);
        return value;
    }

    /// As [#call], again and again, until `action` has something; sleeps on `changed` in between. A worker thread, whose task
    /// wants the result of another job, runs tasks instead of sleeping.
    <T> T await(Condition changed, Function<Inbox, Optional<T>> action) throws InterruptedException {
        Optional<Worker> helper = currentWorker();
        while (true) {
            Optional<T> value;
            Later later;
            lock.lockInterruptibly();
            try {
                value = applyTo(action);
                later = takeLater();
                if (value.isEmpty() && later.isEmpty() && helper.isEmpty()) {
                    changed.awaitNanos(GLANCE_NANOS);
                }
            } finally {
                lock.unlock();
            }
            doLater(later);
            if (value.isPresent()) {
                return value.get();
            }
            helper.ifPresent(Worker::help);
        }
    }

    private Optional<Worker> currentWorker() {
        Thread current = Thread.currentThread();
        return seats.stream().map(seat -> seat.worker).filter(worker -> worker.thread == current).findFirst();
    }

    /// As [#await] until `condition` holds; an interrupt is kept for later.
    void awaitUninterruptibly(Condition changed, BooleanSupplier condition) {
        boolean interrupted = false;
        while (true) {
            try {
                await(changed, _ -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// The defect that stopped the engine, if there is one.
    Optional<LazuliException> defect() {
        return Optional.ofNullable(broken).map(Errors::engineBroken);
    }

    /// Stops everything because of a defect of the engine; clients that wait are told.
    void breakDown(Throwable cause) {
        if (broken == null) {
            broken = cause;
        }
        stopping = true;
        lock.lock();
        try {
            jobs.values().forEach(JobRun::signal);
        } finally {
            lock.unlock();
        }
        seats.forEach(seat -> LockSupport.unpark(seat.worker.thread));
    }

    /// Ends the worker threads. No job is left by then.
    void stop() {
        stopping = true;
        boolean interrupted = ticker.stop();
        for (Seat seat : seats) {
            LockSupport.unpark(seat.worker.thread);
            interrupted |= joinUninterruptibly(seat.worker.thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /// Jobs that the core knows; for a caller that holds the lock.
    Map<Long, JobRun> jobs() {
        return jobs;
    }

    private <T> T applyTo(Function<Inbox, T> action) {
        advance();
        T value;
        try {
            value = action.apply(in);
        } catch (Throwable e) {
            in.clear();
            throw e;
        }
        handle();
        return value;
    }

    private void advance() {
        for (Seat seat : seats) {
            seat.worker.ring.drainTo(in.worker());
        }
        handle();
    }

    /// Lets the cores decide about `in`, and does what they say: the worker's core first, whose reports are the scheduler's events,
    /// whose orders are the worker's events, until nobody has anything to say.
    private void handle() {
        if (broken != null) {
            in.clear();
            return;
        }
        try {
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
            hungryCount = workerCore.idleCount();
            events.handOver(System.nanoTime());
            assert isValid();
        } catch (Throwable e) {
            breakDown(e);
        }
    }

    /// Always true, or an error. Re-derives the state of both cores: each time while they know few tasks, less often the more
    /// there are.
    private boolean isValid() {
        unvalidated += VALIDATED_EACH_TIME;
        if (unvalidated >= core.capacity() + (long) COST_OF_A_JOB * jobs.size()) {
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
                Seat seat = seats.get(workerOut.thread(i));
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
                    released.add(store.remove(task));
                }
            }
            case ADOPT_RESULT -> store.put(workerOut.task(i), store.find(workerOut.source(i)).retain());
            case INTERRUPT_THREAD -> press(workerOut.thread(i), workerOut.task(i));
            case ABANDON_THREAD -> replace(seats.get(workerOut.thread(i)), workerOut.task(i));
            case FETCH_INPUT, REJOIN ->
                throw new IllegalStateException("the only worker was told to " + workerOut.get(i));
        }
    }

    private void press(int thread, int task) {
        Worker worker = seats.get(thread).worker;
        worker.running.interrupt(worker.thread, task, overdue(task));
    }

    private RuntimeException overdue(int task) {
        return jobs.values().stream()
                .filter(job -> job.has(task))
                .findFirst()
                .map(job -> job.overdue(task))
                .orElseGet(() -> Errors.cancelled("a job that is over"));
    }

    /// Puts a new thread in the place of one whose task does not end.
    private void replace(Seat seat, int task) {
        if (seat.worker.running.abandon(task)) {
            jobs.values().stream().filter(job -> job.has(task)).forEach(job -> job.recordAbandoned(task));
            for (RunningTask.Mark waiting : seat.worker.running.suspended()) {
                jobs.values().stream()
                        .filter(job -> job.has(waiting.task()))
                        .forEach(job -> job.recordThreadLost(waiting.task()));
                in.worker().taskFailed(waiting.task(), waiting.attempt(), true, 0);
            }
            seat.worker.ring.drainTo(in.worker());
            seat.worker = new Worker(seat, this, runner);
            abandonedCount++;
            seat.worker.thread.start();
        }
    }

    /// Threads that were given up. They may never end, and hold what they have allocated.
    int abandonedCount() {
        return abandonedCount;
    }

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
                ticker.wake();
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
                jobs.remove(out.job(i));
            }
            case LOCATE_RESULTS, REVOKE_TASKS, DISMISS_WORKER, REPORT_DEADLY ->
                throw new IllegalStateException("there is one worker, and yet " + out.get(i));
        }
    }

    private JobRun job(long id) {
        return Objects.requireNonNull(jobs.get(id), "the core speaks of a job that it was not given");
    }

    /// Waits until everything that was to be released so far has been, by whichever thread.
    void awaitSettled() {
        waitingForSettled.incrementAndGet();
        try {
            awaitUninterruptibly(settled, () -> releasing.get() == 0);
        } finally {
            waitingForSettled.decrementAndGet();
        }
    }

    /// Has `result` released once the lock is not held; for a caller that holds it. Ownership: takes over a hold.
    void releaseLater(StoredResult result) {
        released.add(result);
    }

    /// Has `pending` drained once the lock is not held; for a caller that holds it.
    void callLater(SerialCalls pending) {
        calls.add(pending);
    }

    /// What is to be done without the lock.
    private record Later(List<StoredResult> released, List<SerialCalls> calls) {
        static final Later NOTHING = new Later(List.of(), List.of());

        boolean isEmpty() {
            return released.isEmpty() && calls.isEmpty();
        }
    }

    private Later takeLater() {
        if (released.isEmpty() && calls.isEmpty()) {
            return Later.NOTHING;
        }
        if (!released.isEmpty()) {
            releasing.incrementAndGet();
        }
        Later taken = new Later(released, calls);
        released = new ArrayList<>();
        calls = new ArrayList<>();
        return taken;
    }

    private void doLater(Later later) {
        release(later.released());
        later.calls().forEach(SerialCalls::drain);
    }

    private void release(List<StoredResult> results) {
        if (results.isEmpty()) {
            return;
        }
        results.forEach(StoredResult::release);
        if (releasing.decrementAndGet() == 0 && waitingForSettled.get() > 0) {
            lock.lock();
            try {
                settled.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
