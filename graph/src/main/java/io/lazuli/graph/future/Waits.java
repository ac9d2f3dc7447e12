package io.lazuli.graph.future;

import io.lazuli.graph.error.LazuliException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Waits for tasks through the jobs that run them, so that a thread of the engine runs tasks meanwhile. Whoever waits looks up
/// again and again: a task may also be cancelled, or started by another thread.
final class Waits {
    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final long FOREVER = Long.MAX_VALUE;

    private Waits() {}

    static void untilDone(TaskFuture<?> future) throws InterruptedException {
        untilDone(future, FOREVER);
    }

    /// False if it is not done after that time.
    static boolean untilDone(TaskFuture<?> future, long nanos) throws InterruptedException {
        long start = System.nanoTime();
        // From the future down to an input that runs. Without recursion: chains may be long.
        Deque<TaskFuture<?>> path = new ArrayDeque<>();
        path.push(future);
        while (!future.isDone()) {
            long left = nanos == FOREVER ? FOREVER : nanos - (System.nanoTime() - start);
            if (left <= 0) {
                return false;
            }
            step(path, left < GLANCE.toNanos() ? Duration.ofNanos(left) : GLANCE);
        }
        return true;
    }

    /// Waits a moment for `future`, or for an input of it.
    static void aMoment(TaskFuture<?> future) throws InterruptedException {
        Deque<TaskFuture<?>> path = new ArrayDeque<>();
        path.push(future);
        while (!future.isDone() && !step(path, GLANCE)) {
            // Went down to an input.
        }
    }

    /// Goes one task up or down the path, or waits for the one on top. True if it has waited.
    private static boolean step(Deque<TaskFuture<?>> path, Duration most) throws InterruptedException {
        TaskFuture<?> top = path.element();
        switch (top.status()) {
            case Status.Succeeded _, Status.Failed _, Status.Cancelled _ -> {
                if (path.size() > 1) {
                    path.pop();
                }
                return false;
            }
            case Status.Running(Run run, int partition) -> {
                await(top, run, partition, most);
                return true;
            }
            case Status.Waiting waiting -> {
                Optional<TaskFuture<?>> input = pendingInput(waiting);
                input.ifPresent(path::push);
                if (input.isEmpty()) {
                    pause(top);
                }
                return input.isEmpty();
            }
        }
    }

    private static Optional<TaskFuture<?>> pendingInput(Status.Waiting waiting) {
        for (TaskFuture<?> input : waiting.inputs()) {
            if (!input.isDone()) {
                return Optional.of(input);
            }
        }
        return Optional.empty();
    }

    private static void await(TaskFuture<?> future, Run run, int partition, Duration most) throws InterruptedException {
        try {
            if (run.await(partition, most)) {
                // The engine tells the run; if it does not, because its threads are busy, this thread takes the result.
                pause(future);
                if (!future.isDone()) {
                    run.fetch(partition);
                }
            }
        } catch (LazuliException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
    }

    /// Another thread is about to change the future's status.
    private static void pause(TaskFuture<?> future) throws InterruptedException {
        synchronized (future) {
            if (!future.isDone()) {
                future.wait(1);
            }
        }
    }
}
