package io.lazuli.tests;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what other processes do, at most two minutes.
public final class Wait {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final long GLANCE_NANOS = 10_000_000;

    private Wait() {}

    /// @param what is waited for
    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /// As [#until(String, BooleanSupplier)], with words that are found when they are needed.
    public static void until(Supplier<String> what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > DEADLINE.toNanos()) {
                throw new AssertionError("waited " + DEADLINE.toSeconds() + " s in vain for " + what.get());
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while it waited for " + what.get());
            }
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }
}
