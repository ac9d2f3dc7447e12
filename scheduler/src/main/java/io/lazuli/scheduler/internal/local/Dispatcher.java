package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.WorkerSample;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.core.WorkerProfile;
import io.lazuli.scheduler.internal.core.TransitionBuffer;
import io.lazuli.scheduler.internal.event.Description;
import io.lazuli.scheduler.internal.event.EngineState;
import io.lazuli.scheduler.internal.event.EventPublisher;
import io.lazuli.scheduler.internal.store.ResultStore;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /// Tries to get the lock before a thread sleeps: some tens of microseconds.
    private static final int SPINS = 1_000;

    /// Guards the cores, all buffers, the jobs and the state of each job.
    private final ReentrantLock lock = new ReentrantLock();
    private final Cores cores;
    /// Empty except while the lock is held.
    private final Inbox in;
    private final WorkerProfile profile;
    private final TaskRunner runner;
    private final EventPublisher events;
    private final ProcessSampler sampler;
    private final List<Seat> seats;
    private final Ticker ticker = new Ticker(this);
    /// Jobs that the core knows.
    private final Map<Long, JobRun> jobs = new LinkedHashMap<>();
    private final Aftermath aftermath = new Aftermath(lock);
    private long lastJob;
    /// Workers without work, as the core saw it last.
    private volatile int hungryCount;
    /// Workers that are about to ask for work, from before they read the rings until `hungryCount` has them.
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean stopping;
    /// A defect of the engine itself, after which nothing runs; null as long as all is well.
    private volatile @Nullable Throwable broken;

    Dispatcher(WorkerProfile profile, TaskRunner runner, ResultStore store, ProcessSampler sampler) {
        this.profile = profile;
        this.runner = runner;
        this.sampler = sampler;
        this.seats = IntStream.range(0, profile.threads()).mapToObj(Seat::new).toList();
        this.cores = new Cores(this, store, aftermath);
        this.in = cores.inbox();
        this.events = new EventPublisher(cores.transitions(), this);
        seats.forEach(seat -> seat.worker = newWorker(seat));
        cores.join();
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
                .map(task -> cores.jobOf(task.task()))
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
    public void observed() {
        ticker.wake();
    }

    @Override
    public void describe(Description into) {
        into.worker(0, profile.threads());
        jobs.values().forEach(job -> job.describe(into));
    }

    @Override
    public void sample(TransitionBuffer into) {
        cores.sample(into);
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
            acquire();
        } else if (!lock.tryLock()) {
            return;
        }
        Aftermath.Batch later;
        try {
            advance();
            later = aftermath.take();
        } finally {
            lock.unlock();
        }
        aftermath.follow(later);
    }

    /// Handles what all rings hold, and asks for a lease for a worker that has none. Both at once, so that what its last task has
    /// made ready is its own to run: its caches are warm, and another thread would have to be woken.
    void askFor(Worker worker) {
        asking.incrementAndGet();
        Aftermath.Batch later;
        acquire();
        try {
            drain();
            if (worker.seat.lease.isEmpty() && worker.seat.worker == worker) {
                in.worker().threadIdle(worker.seat.index);
            }
            handle();
            later = aftermath.take();
        } finally {
            lock.unlock();
            asking.decrementAndGet();
        }
        aftermath.follow(later);
    }

    /// The worker's task goes on after it has waited for others.
    void resumed(Worker worker) {
        call(inbox -> {
            inbox.worker().threadResumed(worker.seat.index);
            return true;
        });
    }

    /// Lets time pass for the cores, and shows them what the threads are at. True if there is anything to watch over, or somebody
    /// who wants to hear of the process.
    boolean tick() {
        Optional<WorkerSample> sample = sample();
        return call(inbox -> {
            sample.filter(_ -> events.isObserved()).ifPresent(now -> events.sampled(0, now));
            for (Seat seat : seats) {
                RunningTask.Mark mark = seat.worker.running.look();
                if (!mark.isNothing()) {
                    inbox.worker().taskSighted(seat.index, mark.task(), mark.attempt(), mark.sinceNanos());
                }
            }
            inbox.worker().timePassed();
            inbox.client().timePassed();
            return !jobs.isEmpty() || events.isObserved();
        });
    }

    /// What the process uses, if it is time to tell. Asks the system, so not with the lock held.
    private Optional<WorkerSample> sample() {
        if (!events.isObserved()) {
            return Optional.empty();
        }
        return sampler.next(
                System.nanoTime(), () -> (int) seats.stream().filter(seat -> seat.worker.running.isBusy()).count());
    }

    /// Runs `action` with the lock held and everything known so far handled; the events that it adds are handled next.
    <T> T call(Function<Inbox, T> action) {
        T value;
        Aftermath.Batch later;
        acquire();
        try {
            value = applyTo(action);
            later = aftermath.take();
        } finally {
            lock.unlock();
        }
        aftermath.follow(later);
        return value;
    }

    /// Takes the lock. It is held for some microseconds, in which a thread cannot be put to sleep and woken again.
    private void acquire() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    /// As [#call], again and again, until `action` has something; sleeps on `changed` in between. A worker thread, whose task
    /// wants the result of another job, runs tasks instead of sleeping.
    <T> T await(Condition changed, Function<Inbox, Optional<T>> action) throws InterruptedException {
        Optional<Worker> helper = currentWorker();
        while (true) {
            Optional<T> value;
            Aftermath.Batch later;
            lock.lockInterruptibly();
            try {
                value = applyTo(action);
                later = aftermath.take();
                if (value.isEmpty() && later.isEmpty() && helper.isEmpty()) {
                    changed.awaitNanos(GLANCE_NANOS);
                }
            } finally {
                lock.unlock();
            }
            aftermath.follow(later);
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
        drain();
        handle();
    }

    private void drain() {
        for (Seat seat : seats) {
            seat.worker.ring.drainTo(in.worker());
        }
    }

    /// Lets the cores decide about what is in `in`.
    private void handle() {
        if (broken != null) {
            in.clear();
            return;
        }
        try {
            cores.handle();
            hungryCount = cores.idleThreadCount();
            events.handOver(System.nanoTime());
            assert cores.isValid();
        } catch (Throwable e) {
            breakDown(e);
        }
    }

    /// Threads that were given up. They may never end, and hold what they have allocated.
    int abandonedCount() {
        return cores.abandonedCount();
    }

    /// A thread for the seat, not started.
    Worker newWorker(Seat seat) {
        return new Worker(seat, this, runner);
    }

    /// There is a job whose tasks may take too long.
    void watch() {
        ticker.wake();
    }

    /// Waits until everything that was to be released so far has been, by whichever thread.
    void awaitSettled() {
        aftermath.awaited(() -> awaitUninterruptibly(aftermath.settled(), aftermath::isSettled));
    }

    /// Has `pending` drained once the lock is not held; for a caller that holds it.
    void callLater(SerialCalls pending) {
        aftermath.drain(pending);
    }

    /// Has `result` released once the lock is not held; for a caller that holds it. Ownership: takes over a hold.
    void releaseLater(StoredResult result) {
        aftermath.release(result);
    }
}
