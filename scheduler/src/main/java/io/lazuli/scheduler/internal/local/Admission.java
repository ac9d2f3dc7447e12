package io.lazuli.scheduler.internal.local;

import io.lazuli.graph.memory.Reservation;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets a task start when it has its memory. A task that waits holds none; one task may always run, with what there is.
final class Admission {
    private static final long SMALLEST_GRANT = 4096;

    /// Tasks that run, or are about to be refused.
    private final AtomicInteger running = new AtomicInteger();
    /// Threads in or before `wait`; changed under this object's monitor.
    private volatile int waiting;

    /// Gives `memory` its grant, or waits for other tasks to end. Every call is followed by one of [#leave].
    ///
    /// Errors: RESOURCE if making room failed; then the task is not admitted, and must not leave.
    void enter(Reservation memory, long bytes) {
        running.incrementAndGet();
        try {
            while (!memory.tryGrow(bytes)) {
                if (isAlone()) {
                    growPartly(memory, bytes);
                    return;
                }
            }
        } catch (Throwable e) {
            leave();
            throw e;
        }
    }

    void leave() {
        running.decrementAndGet();
        if (waiting > 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /// Waits for a task to end, unless none runs. Between them, `waiting` and `running` lose no wake-up: who leaves counts
    /// itself out before it looks for waiters, who waits counts itself in before it looks for runners.
    private synchronized boolean isAlone() {
        waiting++;
        try {
            if (running.decrementAndGet() == 0) {
                return true;
            }
            wait();
            return false;
        } catch (InterruptedException e) {
            // Nobody may interrupt a worker thread but the operation it ran; that is over.
            return false;
        } finally {
            running.incrementAndGet();
            waiting--;
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
