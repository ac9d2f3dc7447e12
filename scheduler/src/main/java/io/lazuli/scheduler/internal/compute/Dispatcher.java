package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The threads of one worker, and the lock that its cores are under. There is no scheduler thread: whichever thread has something
/// to tell takes the lock, collects what all threads have to tell, lets the shell decide, and hands out the leases.
///
/// ```
///   thread 0 -- ring --\                           /--> lease -- thread 0
///   thread 1 -- ring ---+--> [lock] shell.decide --+--> lease -- thread 1
///   other calls -------/                           \--> what else the shell does
/// ```
public final class Dispatcher {
    /// How long a client may not see what a worker keeps to itself while it runs a task that was thought to be short.
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// Tries to get the lock before a thread sleeps: some tens of microseconds.
    private static final int SPINS = 1_000;

    /// Guards the cores, all buffers, the jobs and the state of each job.
    private final ReentrantLock lock = new ReentrantLock();
    private final TaskRunner runner;
    private final List<Seat> seats;
    private final Shell shell;
    private final Ticker ticker = new Ticker(this);
    private final Aftermath aftermath = new Aftermath(lock);
    /// Threads without work, as the core saw it last.
    private volatile int hungryCount;
    /// Threads that are about to ask for work, from before they read the rings until `hungryCount` has them.
    private final AtomicInteger asking = new AtomicInteger();
    private volatile boolean stopping;
    /// A defect of the engine itself, after which nothing runs; null as long as all is well.
    private volatile @Nullable Throwable broken;

    /// @param shell that this is for; it is not called before [#start] or [#call]
    public Dispatcher(int threads, TaskRunner runner, Shell shell) {
        this.runner = runner;
        this.seats = IntStream.range(0, threads).mapToObj(Seat::new).toList();
        this.shell = shell;
        seats.forEach(seat -> seat.worker = newWorker(seat));
    }

    /// Starts the threads.
    public void start() {
        seats.forEach(seat -> seat.worker.thread.start());
        ticker.start();
    }

    List<Seat> seats() {
        return seats;
    }

    boolean isStopping() {
        return stopping;
    }

    /// True if some worker has nothing to run, or is about to say so. A worker that publishes a completion and then finds this
    /// false may keep it: whoever asks for work later counts itself in `asking` before it reads the rings. Hence the order.
    boolean hasHungry() {
        return asking.get() > 0 || hungryCount > 0;
    }

    public Condition newCondition() {
        return lock.newCondition();
    }

    /// Handles what all rings hold; leaves it to the thread that is at it now, unless `always`.
    void tell(boolean always) {
        shell.awaitRoom();
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
    void askFor(ComputeThread worker) {
        asking.incrementAndGet();
        Aftermath.Batch later;
        acquire();
        try {
            drain();
            if (worker.seat.lease.isEmpty() && worker.seat.worker == worker) {
                shell.inbox().threadIdle(worker.seat.index);
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
    void resumed(ComputeThread worker) {
        call(() -> {
            shell.inbox().threadResumed(worker.seat.index);
            return true;
        });
    }

    /// Lets time pass for the cores. True if there is anything to watch over.
    boolean tick() {
        BooleanSupplier passed = shell.tick();
        return call(passed::getAsBoolean);
    }

    /// Threads that run a task now.
    public int busyCount() {
        return (int) seats.stream().filter(seat -> seat.worker.running.isBusy()).count();
    }

    /// Runs `action` with the lock held and everything known so far handled; the events that it adds are handled next.
    public <T> T call(Supplier<T> action) {
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
    public <T> T await(Condition changed, Supplier<Optional<T>> action) throws InterruptedException {
        Optional<ComputeThread> helper = currentWorker();
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
            helper.ifPresent(ComputeThread::help);
        }
    }

    /// The task that the calling thread runs; empty if it is none of this dispatcher's threads, or runs none.
    public OptionalInt currentTask() {
        return currentWorker()
                .map(worker -> worker.running.look())
                .filter(mark -> !mark.isNothing())
                .map(mark -> OptionalInt.of(mark.task()))
                .orElseGet(OptionalInt::empty);
    }

    private Optional<ComputeThread> currentWorker() {
        Thread current = Thread.currentThread();
        return seats.stream().map(seat -> seat.worker).filter(worker -> worker.thread == current).findFirst();
    }

    /// As [#await] until `condition` holds; an interrupt is kept for later.
    public void awaitUninterruptibly(Condition changed, BooleanSupplier condition) {
        boolean interrupted = false;
        while (true) {
            try {
                await(changed, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
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
    public Optional<LazuliException> defect() {
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
            shell.brokeDown();
        } finally {
            lock.unlock();
        }
        seats.forEach(seat -> LockSupport.unpark(seat.worker.thread));
    }

    /// Ends the worker threads. No job is left by then.
    public void stop() {
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

    private <T> T applyTo(Supplier<T> action) {
        advance();
        T value;
        try {
            value = action.get();
        } catch (Throwable e) {
            shell.clear();
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
            seat.worker.ring.drainTo(shell.inbox());
        }
    }

    /// Lets the shell decide about what it has been told.
    private void handle() {
        if (broken != null) {
            shell.clear();
            return;
        }
        try {
            shell.decide();
            hungryCount = shell.idleThreadCount();
        } catch (Throwable e) {
            breakDown(e);
        }
    }

    /// Threads that were given up. They may never end, and hold what they have allocated.
    public int abandonedCount() {
        return shell.abandonedCount();
    }

    /// A thread for the seat, not started.
    ComputeThread newWorker(Seat seat) {
        return new ComputeThread(seat, this, runner);
    }

    /// There is a job whose tasks may take too long.
    public void watch() {
        ticker.wake();
    }

    /// Waits until everything that was to be released so far has been, by whichever thread.
    public void awaitSettled() {
        aftermath.awaited(() -> awaitUninterruptibly(aftermath.settled(), aftermath::isSettled));
    }

    /// Has `pending` drained once the lock is not held; for a caller that holds it.
    public void callLater(SerialCalls pending) {
        aftermath.drain(pending);
    }

    /// Has `result` released once the lock is not held; for a caller that holds it. Ownership: takes over a hold.
    public void releaseLater(StoredResult result) {
        aftermath.release(result);
    }
}
