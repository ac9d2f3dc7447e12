package io.lazuli.scheduler.internal.compute;

import io.lazuli.scheduler.internal.core.Entries;
import io.lazuli.scheduler.internal.worker.WorkerEventBuffer;
import java.util.concurrent.atomic.AtomicLong;

/// What one worker thread has to tell the core and has not yet: written by that thread alone, read by whoever holds the
/// core's lock.
final class CompletionRing {
    private static final int CAPACITY = 256;
    /// Entries that one task may add.
    private static final int LARGEST_ENTRY_COUNT = 2;
    private static final int STRIDE = Entries.STRIDE;

    /// Its number, as a bit pattern in the first word of each entry.
    private final long thread;
    private final long[] words = new long[CAPACITY * STRIDE];
    /// Entries read so far; advanced under the core's lock.
    private final AtomicLong head = new AtomicLong();
    /// Entries written so far; advanced by the owner, and never more than `CAPACITY` ahead of `head`.
    private final AtomicLong tail = new AtomicLong();
    /// The owner's: packs one entry.
    private final WorkerEventBuffer entry = new WorkerEventBuffer();

    /// @param thread number of the owner
    CompletionRing(int thread) {
        this.thread = (thread & 0xffL) << Entries.THREAD_SHIFT;
    }

    int size() {
        return (int) (tail.getPlain() - head.getAcquire());
    }

    /// True if there may be no place for what one more task has to tell.
    boolean isFull() {
        return size() > CAPACITY - LARGEST_ENTRY_COUNT;
    }

    void taskFinished(int task, int attempt, long rows, long bytes, long busyNanos, long exchangedRows) {
        entry.taskFinished(task, attempt, rows, bytes, busyNanos, exchangedRows);
        publish();
    }

    void taskFailed(int task, int attempt, boolean retryable, long busyNanos) {
        entry.taskFailed(task, attempt, retryable, busyNanos);
        publish();
    }

    void taskReturned(int task, int attempt) {
        entry.taskReturned(task, attempt);
        publish();
    }

    void taskDeferred(int task, int attempt) {
        entry.taskDeferred(task, attempt);
        publish();
    }

    void taskStarved(int task, int attempt) {
        entry.taskStarved(task, attempt);
        publish();
    }

    void resultLost(int task) {
        entry.resultLost(task, WorkerEventBuffer.ANY_ATTEMPT);
        publish();
    }

    private void publish() {
        long at = tail.getPlain();
        if (at - head.getAcquire() >= CAPACITY) {
            throw new IllegalStateException("completion ring is full");
        }
        int start = (int) (at & CAPACITY - 1) * STRIDE;
        entry.copyPacked(words, start);
        words[start] |= thread;
        entry.clear();
        // Not just a release: the owner looks for hungry workers next, and must not look before this is seen.
        tail.set(at + 1);
    }

    /// Moves all entries to `target`. The caller holds the core's lock.
    void drainTo(WorkerEventBuffer target) {
        long from = head.getPlain();
        long to = tail.getAcquire();
        while (from < to) {
            int start = (int) (from & CAPACITY - 1);
            int count = (int) Math.min(to - from, CAPACITY - start);
            target.addPacked(words, start * STRIDE, count);
            from += count;
        }
        head.setRelease(to);
    }
}
