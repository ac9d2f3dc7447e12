package io.lazuli.scheduler.internal.event;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for others that notify.
public final class Waiting {
    /// Looked at again after that, for a condition that nobody tells of.
    private static final long GLANCE_MILLIS = 100;

    private Waiting() {}

    /// Waits until `condition` holds, which is looked at with the monitor of `monitor` whenever that notifies; at most `patience`, or for
    /// ever if that is zero. An interrupt is kept for later.
    public static void until(Object monitor, BooleanSupplier condition, Duration patience) {
        long start = System.nanoTime();
        boolean interrupted = false;
        synchronized (monitor) {
            while (!condition.getAsBoolean()
                    && (patience.isZero() || System.nanoTime() - start < patience.toNanos())) {
                try {
                    monitor.wait(GLANCE_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
