package io.lazuli.scheduler.internal.worker;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// The compute threads of a worker: who is idle, and who has been seen at the same task for too long.
final class Threads {
    /// What to do about a thread whose task should have ended.
    enum Pressure {
        LEAVE,
        INTERRUPT,
        ABANDON
    }

    private static final int NOTHING = -1;

    private final long graceNanos;
    private final boolean[] isIdle;
    /// Idle threads, the last to become so first: it is awake.
    private final Deque<Integer> idle = new ArrayDeque<>();
    /// The attempt of a task that was reported to run long, by thread.
    private final long[] reported;
    /// The attempt of a task that the thread was interrupted at, and when.
    private final long[] interrupted;
    private final long[] interruptedNanos;

    Threads(WorkerOptions options) {
        this.graceNanos = options.graceNanos();
        this.isIdle = new boolean[options.threads()];
        this.reported = new long[options.threads()];
        this.interrupted = new long[options.threads()];
        this.interruptedNanos = new long[options.threads()];
        Arrays.fill(reported, NOTHING);
        Arrays.fill(interrupted, NOTHING);
    }

    int idleCount() {
        return idle.size();
    }

    int busyCount() {
        return isIdle.length - idle.size();
    }

    void idle(int thread) {
        if (!isIdle[thread]) {
            isIdle[thread] = true;
            idle.push(thread);
        }
    }

    void busy(int thread) {
        if (isIdle[thread]) {
            isIdle[thread] = false;
            idle.remove(thread);
        }
    }

    /// An idle thread, which is busy from now on.
    int take() {
        int thread = idle.pop();
        isIdle[thread] = false;
        return thread;
    }

    /// True the first time for this attempt of a task.
    boolean isNews(int thread, int task, int attempt) {
        boolean isNews = reported[thread] != of(task, attempt);
        reported[thread] = of(task, attempt);
        return isNews;
    }

    Pressure press(int thread, int task, int attempt, boolean isOverdue, long now) {
        if (!isOverdue) {
            return Pressure.LEAVE;
        }
        if (interrupted[thread] != of(task, attempt)) {
            interrupted[thread] = of(task, attempt);
            interruptedNanos[thread] = now;
            return Pressure.INTERRUPT;
        }
        return now - interruptedNanos[thread] < graceNanos ? Pressure.LEAVE : Pressure.ABANDON;
    }

    private static long of(int task, int attempt) {
        return (long) attempt << 32 | task;
    }
}
