package io.lazuli.graph.future;

import io.lazuli.graph.error.GraphErrors;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Tasks in the order in which they are done; [#next] waits.
final class AsCompleted<T extends @Nullable Object> implements Iterator<TaskFuture<T>> {
    private final Queue<TaskFuture<T>> done = new ConcurrentLinkedQueue<>();
    /// In the order given, without a head that is done: who waits does so for the first, which is likely to be the next.
    private final ArrayDeque<TaskFuture<T>> pending;
    /// Tasks not yet returned.
    private int left;

    AsCompleted(Collection<? extends TaskFuture<T>> futures) {
        this.pending = new ArrayDeque<>(futures);
        this.left = futures.size();
        futures.forEach(future -> future.whenDone(done::add));
    }

    @Override
    public boolean hasNext() {
        return left > 0;
    }

    @Override
    public TaskFuture<T> next() {
        if (left == 0) {
            throw new NoSuchElementException("all tasks have been returned");
        }
        while (true) {
            TaskFuture<T> next = done.poll();
            if (next != null) {
                left--;
                return next;
            }
            awaitOne();
        }
    }

    private void awaitOne() {
        while (!pending.isEmpty() && pending.element().isDone()) {
            pending.remove();
        }
        TaskFuture<T> first = pending.peek();
        if (first == null) {
            // The last callback is on its way.
            Thread.onSpinWait();
            return;
        }
        try {
            Waits.aMoment(first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GraphErrors.waitInterrupted(first.name());
        }
    }
}
