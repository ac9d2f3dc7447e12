package io.lazuli.graph;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other threads do, with a deadline.
final class Waiting {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Waiting() {}

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + DEADLINE.toSeconds() + " s in vain until " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    static JobProgress.State end(Job job) {
        until("job " + job.id() + " ends", () -> job.progress().state() != JobProgress.State.RUNNING);
        return job.progress().state();
    }
}
