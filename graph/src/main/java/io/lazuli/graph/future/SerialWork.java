package io.lazuli.graph.future;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What a client does when there is news of its jobs, one thing at a time, by whichever thread brings the first news. To take a
/// result or to start a job may bring the next news in the same thread: this queue keeps that from nesting without end.
final class SerialWork {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /// Entries of `queue` that are not done; whoever makes it one works until it is zero.
    private final AtomicInteger undone = new AtomicInteger();

    /// Does `work` now, or leaves it to the thread that is at other work.
    void add(Runnable work) {
        queue.add(work);
        if (undone.getAndIncrement() > 0) {
            return;
        }
        do {
            doNext();
        } while (undone.decrementAndGet() > 0);
    }

    private void doNext() {
        try {
            queue.remove().run();
        } catch (Throwable e) {
            // A defect of ours or no memory: the rest of the work must go on all the same.
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
