package io.lazuli.graph.future;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Starts of jobs, one at a time. The end of a job starts others, and to start a job may bring the news that another has ended,
/// in the same thread: this queue keeps that from nesting without end.
final class Starts {
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    /// Entries of `queue` that are not done; whoever makes it one works until it is zero.
    private final AtomicInteger undone = new AtomicInteger();

    /// Runs `start` now, or leaves it to the thread that is running others. It must not throw.
    void add(Runnable start) {
        queue.add(start);
        if (undone.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = queue.remove();
            next.run();
        } while (undone.decrementAndGet() > 0);
    }
}
