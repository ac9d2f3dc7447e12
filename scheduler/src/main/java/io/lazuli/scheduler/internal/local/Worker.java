package io.lazuli.scheduler.internal.local;

import java.util.concurrent.locks.LockSupport;

/// One compute thread: runs its lease, then takes from others, then asks the core, then sleeps.
///
/// It sleeps only after it has told the core everything and asked for a lease under the core's lock; whoever gives it one
/// sets `lease` before waking it. So no wake-up is lost.
final class Worker implements Runnable {
    /// Completions a thread may keep to itself before it tells the core, and for how long.
    private static final int BATCH = 64;
    private static final long BATCH_NANOS = 200_000;
    private static final long HELP_NANOS = 500_000;

    final int index;
    final CompletionRing ring;
    final Thread thread;
    /// What it may run; replaced only when it is empty, under the core's lock.
    volatile Lease lease = Lease.NONE;
    private final Dispatcher dispatcher;
    private final TaskRunner runner;
    /// When the oldest entry of `ring` was written.
    private long oldestNanos;

    Worker(int index, Dispatcher dispatcher, TaskRunner runner) {
        this.index = index;
        this.ring = new CompletionRing(index);
        this.dispatcher = dispatcher;
        this.runner = runner;
        this.thread = Thread.ofPlatform().daemon().name("lazuli-worker-" + index).unstarted(this);
    }

    @Override
    public void run() {
        try {
            while (!dispatcher.isStopping()) {
                if (!runNext()) {
                    dispatcher.askFor(this);
                    if (lease.isEmpty() && !dispatcher.isStopping()) {
                        LockSupport.park(dispatcher);
                    }
                }
            }
        } catch (Throwable e) {
            dispatcher.breakDown(e);
        }
    }

    /// A task of this thread waits for other tasks, by taking a job's result: runs one of them meanwhile, or sleeps a little.
    void help() {
        runner.suspend();
        try {
            if (!runNext()) {
                dispatcher.askFor(this);
                if (lease.isEmpty()) {
                    LockSupport.parkNanos(dispatcher, HELP_NANOS);
                }
            }
        } finally {
            runner.resume();
        }
    }

    /// Runs one task, if there is one in this worker's lease or another's.
    private boolean runNext() {
        Lease from = lease;
        int task = from.takeFirst();
        for (int i = 1; task < 0 && i < dispatcher.workers().size(); i++) {
            from = dispatcher.workers().get((index + i) % dispatcher.workers().size()).lease;
            task = from.takeLast();
        }
        if (task < 0) {
            return false;
        }
        tell();
        if (ring.size() == 0) {
            oldestNanos = System.nanoTime();
        }
        runner.run(from.layer, task, from.attempt, ring);
        return true;
    }

    /// Tells the core what has been done, if somebody waits for work or it has been kept long enough.
    private void tell() {
        int kept = ring.size();
        if (kept == 0) {
            return;
        }
        boolean needed = dispatcher.hasHungry() || ring.isFull();
        if (needed || kept >= BATCH || System.nanoTime() - oldestNanos > BATCH_NANOS) {
            dispatcher.tell(needed);
        }
    }
}
