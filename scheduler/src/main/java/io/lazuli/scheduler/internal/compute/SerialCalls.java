package io.lazuli.scheduler.internal.compute;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls to code of others, in the order in which they were added, one at a time, by whichever threads drain them.
public final class SerialCalls {
    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    /// Calls to [#drain] that the draining thread has not yet answered; zero while nobody drains.
    private final AtomicInteger asked = new AtomicInteger();

    /// May be called with locks held.
    public void add(Runnable call) {
        calls.add(call);
    }

    /// Makes the calls added so far, unless another thread is at it: then that thread does. To be called without locks.
    public void drain() {
        if (calls.isEmpty() || asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Runnable call = calls.poll(); call != null; call = calls.poll()) {
                call.run();
            }
            seen = asked.addAndGet(-seen);
        } while (seen > 0);
    }
}
