package io.lazuli.scheduler.internal.compute;

import io.lazuli.graph.memory.Reservation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a thread runs now, for those who watch over it: they may interrupt exactly this attempt of a task, or give the thread up.
///
/// The owner calls [#begin] and [#end]. All under this object's monitor, so that an interrupt never reaches what the thread runs next, the
/// next attempt of the same task among it.
final class RunningTask {
    private static final int NONE = -1;

    private int task = NONE;
    private int attempt;
    private long sinceNanos;
    /// Why it was interrupted; null if it was not.
    private volatile @Nullable RuntimeException interruption;
    private @Nullable Reservation memory;
    private volatile boolean abandoned;
    /// Tasks of this thread that wait for the one above, the innermost first.
    private final Deque<Mark> suspended = new ArrayDeque<>();

    /// A moment of it.
    record Mark(int task, int attempt, long sinceNanos, @Nullable RuntimeException interruption,
            @Nullable Reservation memory) {
        boolean isNothing() {
            return task == NONE;
        }
    }

    synchronized Mark look() {
        return new Mark(task, attempt, sinceNanos, interruption, memory);
    }

    /// A task runs, or waits for others.
    synchronized boolean isBusy() {
        return task != NONE || !suspended.isEmpty();
    }

    synchronized void begin(int task, int attempt, long now, @Nullable Reservation memory) {
        this.task = task;
        this.attempt = attempt;
        this.sinceNanos = now;
        this.interruption = null;
        this.memory = memory;
    }

    /// False if the thread was given up meanwhile: what it has made is nobody's. Clears a late interrupt.
    synchronized boolean end() {
        task = NONE;
        memory = null;
        Thread.interrupted();
        return !abandoned;
    }

    /// Why the task was interrupted; null if it was not.
    @Nullable
    RuntimeException interruption() {
        return interruption;
    }

    /// The task waits and another runs instead; [#resume] follows.
    synchronized Mark suspend() {
        Mark mark = look();
        suspended.push(mark);
        task = NONE;
        return mark;
    }

    /// @param awayNanos what other tasks took meanwhile: no time of this one
    synchronized void resume(Mark mark, long awayNanos) {
        suspended.remove(mark);
        task = mark.task;
        attempt = mark.attempt;
        sinceNanos = mark.sinceNanos + awayNanos;
        interruption = mark.interruption;
        memory = mark.memory;
    }

    private boolean isAt(int expectedTask, int expectedAttempt) {
        return task == expectedTask && attempt == expectedAttempt;
    }

    synchronized void interrupt(Thread thread, int expectedTask, int expectedAttempt, RuntimeException reason) {
        if (isAt(expectedTask, expectedAttempt)) {
            interruption = reason;
            thread.interrupt();
        }
    }

    /// Gives the thread up if it still runs that; what memory the task has reserved and not allocated comes back now.
    synchronized boolean abandon(int expectedTask, int expectedAttempt) {
        if (!isAt(expectedTask, expectedAttempt)) {
            return false;
        }
        abandoned = true;
        giveBack(memory);
        suspended.forEach(mark -> giveBack(mark.memory));
        return true;
    }

    private static void giveBack(@Nullable Reservation memory) {
        if (memory != null) {
            memory.abandon();
        }
    }

    /// Tasks that waited for the one that the thread was given up at: they will not end either.
    synchronized List<Mark> suspended() {
        return List.copyOf(suspended);
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
