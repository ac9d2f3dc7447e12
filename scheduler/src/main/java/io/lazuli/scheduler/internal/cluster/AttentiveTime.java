package io.lazuli.scheduler.internal.cluster;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time in which somebody listened: however long nobody asks for it, no more than [#LONGEST_STEP_NANOS] passes.
///
/// Who stood still, or got no processor, so does not take that for silence of others. Single-threaded.
final class AttentiveTime {
    /// As long as peers are silent in between when nothing is amiss.
    static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private long seenNanos;
    private long nanos;

    /// @param clock never goes back
    AttentiveTime(LongSupplier clock) {
        this.clock = clock;
        this.seenNanos = clock.getAsLong();
    }

    /// Since some moment. Never goes back.
    long nanos() {
        long now = clock.getAsLong();
        nanos += Math.min(now - seenNanos, LONGEST_STEP_NANOS);
        seenNanos = now;
        return nanos;
    }
}
