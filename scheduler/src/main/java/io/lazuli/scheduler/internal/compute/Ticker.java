package io.lazuli.scheduler.internal.compute;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Lets time pass ten times a second while there are jobs, so that tasks which take too long are seen, or somebody who listens, so
/// that the process is sampled. Sleeps otherwise.
final class Ticker implements Runnable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Dispatcher dispatcher;
    private final Thread thread = Thread.ofPlatform().daemon().name("lazuli-ticker").unstarted(this);
    /// It sleeps until it is woken.
    private volatile boolean sleeps;
    private volatile boolean stopping;

    Ticker(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    void start() {
        thread.start();
    }

    /// There is something to watch over. Called with the dispatcher's lock held.
    void wake() {
        if (sleeps) {
            sleeps = false;
            LockSupport.unpark(thread);
        }
    }

    /// Returns true if the caller was interrupted meanwhile.
    boolean stop() {
        stopping = true;
        LockSupport.unpark(thread);
        return Dispatcher.joinUninterruptibly(thread);
    }

    @Override
    public void run() {
        while (!stopping) {
            LockSupport.parkNanos(this, PERIOD_NANOS);
            // Before it looks for jobs: one that comes after the look will wake it.
            sleeps = true;
            if (dispatcher.tick()) {
                sleeps = false;
            }
            while (sleeps && !stopping) {
                LockSupport.park(this);
            }
        }
    }
}
