package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.store.StoredResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What follows from decisions and is done once the dispatcher's lock is not held: results are released, which may close mapped
/// files, and listeners are called. Gathered with the lock, taken with it, done without.
final class Aftermath {
    private final ReentrantLock lock;
    /// Taken out of the store. Guarded by the lock, as `calls`.
    private List<StoredResult> released = new ArrayList<>();
    private List<SerialCalls> calls = new ArrayList<>();
    /// Batches with results that are not all released yet.
    private final AtomicInteger releasing = new AtomicInteger();
    /// Signalled when `releasing` falls to zero while somebody waits for it.
    private final Condition settled;
    private final AtomicInteger waiting = new AtomicInteger();

    Aftermath(ReentrantLock lock) {
        this.lock = lock;
        this.settled = lock.newCondition();
    }

    /// What one holder of the lock leaves to be done.
    record Batch(List<StoredResult> released, List<SerialCalls> calls) {
        static final Batch NOTHING = new Batch(List.of(), List.of());

        boolean isEmpty() {
            return released.isEmpty() && calls.isEmpty();
        }
    }

    /// With the lock. Ownership: takes over the caller's hold.
    void release(StoredResult result) {
        released.add(result);
    }

    /// With the lock.
    void drain(SerialCalls pending) {
        calls.add(pending);
    }

    /// With the lock. [#follow] comes next, without it.
    Batch take() {
        if (released.isEmpty() && calls.isEmpty()) {
            return Batch.NOTHING;
        }
        if (!released.isEmpty()) {
            releasing.incrementAndGet();
        }
        Batch taken = new Batch(released, calls);
        released = new ArrayList<>();
        calls = new ArrayList<>();
        return taken;
    }

    /// Does what was left to be done, in the calling thread.
    void follow(Batch batch) {
        if (!batch.released().isEmpty()) {
            batch.released().forEach(StoredResult::release);
            if (releasing.decrementAndGet() == 0 && waiting.get() > 0) {
                signal();
            }
        }
        batch.calls().forEach(SerialCalls::drain);
    }

    private void signal() {
        lock.lock();
        try {
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// True if all that was taken so far has been released, by whichever thread.
    boolean isSettled() {
        return releasing.get() == 0;
    }

    Condition settled() {
        return settled;
    }

    /// Runs `wait`, during which [#settled] is signalled.
    void awaited(Runnable wait) {
        waiting.incrementAndGet();
        try {
            wait.run();
        } finally {
            waiting.decrementAndGet();
        }
    }
}
