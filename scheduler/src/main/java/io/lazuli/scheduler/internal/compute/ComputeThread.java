package io.lazuli.scheduler.internal.compute;

import java.util.concurrent.locks.LockSupport;

/// One compute thread: runs its lease, then takes from others, then asks the core, then sleeps.
///
/// It sleeps only after it has told the core everything and asked for a lease under the core's lock; whoever gives it one
/// sets `lease` before waking it. So no wake-up is lost. From then on until it has a lease it counts as idle, and takes nothing
/// from others.
///
/// A thread whose task does not end is given up: another takes its [Seat], with what is left of the lease.
final class ComputeThread implements Runnable {
    /// Completions a thread may keep to itself before it tells the core, and for how long.
    private static final int BATCH = 64;
    private static final long BATCH_NANOS = 200_000;
    private static final long HELP_NANOS = 500_000;

    final Seat seat;
    final CompletionRing ring;
    final Thread thread;
    final RunningTask running = new RunningTask();
    private final Dispatcher dispatcher;
    private final TaskRunner runner;
    /// When the oldest entry of `ring` was written.
    private long oldestNanos;
    private long helpedNanos;

    ComputeThread(Seat seat, Dispatcher dispatcher, TaskRunner runner) {
        this.seat = seat;
        this.ring = new CompletionRing(seat.index);
        this.dispatcher = dispatcher;
        this.runner = runner;
        this.thread = Thread.ofPlatform().daemon().name("lazuli-worker-" + seat.index).unstarted(this);
    }

    @Override
    public void run() {
        try {
            while (!dispatcher.isStopping() && !running.isAbandoned()) {
                if (!runNext() && !running.isAbandoned()) {
                    // By identity: others may have emptied a lease before its owner wakes up, who then has to ask again.
                    Lease before = seat.lease;
                    dispatcher.askFor(this);
                    while (seat.lease == before && !dispatcher.isStopping()) {
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
        RunningTask.Mark outer = running.suspend();
        long helpedBefore = helpedNanos;
        long start = System.nanoTime();
        boolean ran = false;
        try {
            ran = runNext();
            if (!ran) {
                dispatcher.askFor(this);
                if (seat.lease.isEmpty()) {
                    LockSupport.parkNanos(dispatcher, HELP_NANOS);
                }
                dispatcher.resumed(this);
            }
        } finally {
            long away = ran ? System.nanoTime() - start : 0;
            helpedNanos = helpedBefore + away;
            running.resume(outer, away);
        }
    }

    /// Time that went to other tasks while those of this thread waited. What the tasks that helped waited for themselves is in it once.
    long helpedNanos() {
        return helpedNanos;
    }

    /// Runs one task, if there is one in this worker's lease or another's.
    private boolean runNext() {
        Lease from = seat.lease;
        int task = from.takeFirst();
        for (int i = 1; task < 0 && i < dispatcher.seats().size(); i++) {
            from = dispatcher.seats().get((seat.index + i) % dispatcher.seats().size()).lease;
            task = from.takeLast();
        }
        if (task < 0) {
            return false;
        }
        long now = tell();
        if (ring.size() == 0) {
            oldestNanos = now;
        }
        runner.run(from, task, this, now);
        return true;
    }

    /// Tells the core what has been done, if somebody waits for work or it has been kept long enough. Returns the time.
    private long tell() {
        long now = System.nanoTime();
        int kept = ring.size();
        if (kept == 0) {
            return now;
        }
        boolean needed = dispatcher.hasHungry() || ring.isFull();
        if (!needed && kept < BATCH && now - oldestNanos <= BATCH_NANOS) {
            return now;
        }
        dispatcher.tell(needed);
        return System.nanoTime();
    }
}
