package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.EffectBuffer;
import io.lazuli.scheduler.internal.core.EventBuffer;
import io.lazuli.scheduler.internal.core.SchedulerCore;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
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

    /// Guards the core, both buffers, the jobs and the state of each job.
    private final ReentrantLock lock = new ReentrantLock();
    private final SchedulerCore core;
    /// Empty except while the lock is held.
    private final EventBuffer in = new EventBuffer();
    private final EffectBuffer out = new EffectBuffer();
    private final EventPublisher events;
    private final ResultStore store;
    private final List<Worker> workers;
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
    /// Workers without work, as the core saw it last.
    private volatile int hungryCount;
    /// Workers that are about to ask for work, from before they read the rings until `hungryCount` has them.
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean stopping;
    /// A defect of the engine itself, after which nothing runs; null as long as all is well.
    private volatile @Nullable Throwable broken;

    Dispatcher(int threads, TaskRunner runner, ResultStore store) {
        this.core = new SchedulerCore(threads);
        this.events = new EventPublisher(core.transitions(), this);
        this.store = store;
        this.workers = IntStream.range(0, threads)
                .mapToObj(i -> new Worker(i, this, runner))
                .toList();
    }

    void start() {
        workers.forEach(worker -> worker.thread.start());
    }

    List<Worker> workers() {
        return workers;
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
        into.worker(0, workers.size());
        jobs.values().forEach(job -> job.describe(into));
    }

    @Override
    public void sample(TransitionBuffer into) {
        jobs.values().forEach(job -> job.sample(into));
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
            call(events -> {
                if (worker.lease.isEmpty()) {
                    events.workerHasRoom(worker.index);
                }
                return true;
            });
        } finally {
            asking.decrementAndGet();
        }
    }

    /// Runs `action` with the lock held and everything known so far handled; the events that it adds are handled next.
    <T> T call(Function<EventBuffer, T> action) {
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
    <T> T await(Condition changed, Function<EventBuffer, Optional<T>> action) throws InterruptedException {
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
        return workers.stream().filter(worker -> worker.thread == current).findFirst();
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
        workers.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    /// Ends the worker threads. No job is left by then.
    void stop() {
        stopping = true;
        boolean interrupted = false;
        for (Worker worker : workers) {
            LockSupport.unpark(worker.thread);
            interrupted |= joinUninterruptibly(worker.thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinUninterruptibly(Thread thread) {
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

    private <T> T applyTo(Function<EventBuffer, T> action) {
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
        for (Worker worker : workers) {
            worker.ring.drainTo(in);
        }
        handle();
    }

    /// Lets the core decide about `in`, and does what it says.
    private void handle() {
        if (in.isEmpty() || broken != null) {
            in.clear();
            return;
        }
        try {
            long now = System.nanoTime();
            core.on(in, now, out);
            in.clear();
            for (int i = 0; i < out.size(); i++) {
                apply(i);
            }
            out.clear();
            hungryCount = core.hungryCount();
            events.handOver(now);
        } catch (Throwable e) {
            breakDown(e);
        }
    }

    private void apply(int i) {
        switch (out.kind(i)) {
            case RUN_TASKS -> lease(i, job(i));
            case RELEASE_RESULTS -> {
                for (int task = out.task(i); task < out.task(i) + out.count(i); task++) {
                    released.add(store.remove(task));
                }
            }
            case OFFER_RESULT -> job(i).offer(out.task(i));
            case ADMIT_JOB -> {
                store.ensureCapacity(core.capacity());
                JobRun job = job(i);
                job.admit(out.task(i), core.progress(job.id()));
            }
            case STOP_JOB -> job(i).stop(out.task(i));
            case REPORT_ROW_LOSS -> job(i).loseRows(out.layer(i), out.rowsProduced(i), out.rowsTaken(i));
            case FINISH_JOB -> job(i).finish(out.state(i));
            case FORGET_JOB -> {
                job(i).sample(core.transitions());
                jobs.remove(out.job(i));
            }
        }
    }

    private JobRun job(int i) {
        return Objects.requireNonNull(jobs.get(out.job(i)), "the core speaks of a job that it was not given");
    }

    private void lease(int i, JobRun job) {
        Worker worker = workers.get(out.worker(i));
        worker.lease = new Lease(job.layer(out.layer(i)), out.task(i), out.count(i), out.attempt(i));
        if (worker.thread != Thread.currentThread()) {
            LockSupport.unpark(worker.thread);
        }
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
