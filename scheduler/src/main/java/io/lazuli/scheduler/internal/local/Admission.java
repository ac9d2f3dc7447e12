package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.memory.Reservation;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets a task start when it has its memory. A task that waits holds none; one task may always run, with what there is; and a
/// task that failed for lack of memory may run once more with nobody beside it.
///
/// Between them, the counters lose no wake-up: who leaves counts itself out of `running` before it looks for waiters, who
/// waits counts itself in `waiting` before it looks for runners.
final class Admission {
    private static final long SMALLEST_GRANT = 4096;

    /// Tasks that run, or are about to be refused.
    private final AtomicInteger running = new AtomicInteger();
    /// Threads in or before `wait`; changed under this object's monitor.
    private volatile int waiting;
    /// Of these, the ones that want to run with nobody beside them: while there are any, no other task starts.
    private volatile int wantingAlone;
    /// A task runs with nobody beside it; guarded by the monitor.
    private boolean isTaken;

    /// Gives `memory` its grant, or waits for other tasks to end; if `alone`, for all of them. Every call is followed by one
    /// of [#leave] with the same `alone`.
    ///
    /// Errors: RESOURCE if making room failed; then the task is not admitted, and must not leave.
    void enter(Reservation memory, long bytes, boolean alone) {
        if (alone) {
            awaitTurnAlone();
        } else {
            running.incrementAndGet();
        }
        try {
            while (wantingAlone > 0 && !alone || !memory.tryGrow(bytes)) {
                if (alone || isAlone()) {
                    growPartly(memory, bytes);
                    return;
                }
            }
        } catch (Throwable e) {
            leave(alone);
            throw e;
        }
    }

    void leave(boolean alone) {
        if (alone) {
            synchronized (this) {
                isTaken = false;
                wantingAlone--;
            }
        }
        running.decrementAndGet();
        if (waiting > 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /// A task that waits for other tasks does not run meanwhile; then it calls [#stepBack].
    void stepAside() {
        leave(false);
    }

    void stepBack() {
        running.incrementAndGet();
    }

    private synchronized void awaitTurnAlone() {
        wantingAlone++;
        waiting++;
        while (isTaken || running.get() > 0) {
            pause();
        }
        waiting--;
        isTaken = true;
        running.incrementAndGet();
    }

    /// True if nothing else runs, or wants to run alone. Otherwise waits for a task to end.
    private synchronized boolean isAlone() {
        waiting++;
        boolean alone = running.decrementAndGet() == 0 && wantingAlone == 0;
        if (!alone) {
            notifyAll();
            pause();
        }
        running.incrementAndGet();
        waiting--;
        return alone;
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException e) {
            // Only an operation could have interrupted its thread, and that is over. Callers look again.
            return;
        }
    }

    private static void growPartly(Reservation memory, long bytes) {
        for (long less = bytes / 2; less >= SMALLEST_GRANT; less /= 2) {
            if (memory.tryGrow(less)) {
                return;
            }
        }
    }
}
