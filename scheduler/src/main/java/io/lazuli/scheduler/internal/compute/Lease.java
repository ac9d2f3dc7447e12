package io.lazuli.scheduler.internal.compute;

import java.util.concurrent.atomic.AtomicLong;

/// A run of consecutive tasks of one layer that a worker may start: it takes them from the front, idle workers from the back.
final class Lease {
    /// Has no layer, which nobody asks for as no task can be taken.
    @SuppressWarnings("NullAway")
    static final Lease NONE = new Lease(null, 0, 0, 0, false, false);
    private static final int EMPTY = -1;

    final LayerRun layer;
    final int attempt;
    /// To be run with whatever memory there is.
    final boolean isForced;
    /// To be run with all results on disk.
    final boolean isAlone;
    /// Next task (bits 32..63) and end (0..31) of what nobody has taken.
    private final AtomicLong range;

    Lease(LayerRun layer, int first, int count, int attempt, boolean isForced, boolean isAlone) {
        this.layer = layer;
        this.attempt = attempt;
        this.isForced = isForced;
        this.isAlone = isAlone;
        this.range = new AtomicLong(pack(first, first + count));
    }

    boolean isEmpty() {
        long now = range.get();
        return next(now) >= end(now);
    }

    /// The first task of the run, or a negative number if none is left.
    int takeFirst() {
        while (true) {
            long now = range.get();
            if (next(now) >= end(now)) {
                return EMPTY;
            }
            if (range.compareAndSet(now, pack(next(now) + 1, end(now)))) {
                return next(now);
            }
        }
    }

    /// The last task of the run, or a negative number if none is left.
    int takeLast() {
        while (true) {
            long now = range.get();
            if (next(now) >= end(now)) {
                return EMPTY;
            }
            if (range.compareAndSet(now, pack(next(now), end(now) - 1))) {
                return end(now) - 1;
            }
        }
    }

    private static long pack(int next, int end) {
        return (long) next << 32 | end;
    }

    private static int next(long range) {
        return (int) (range >>> 32);
    }

    private static int end(long range) {
        return (int) range;
    }
}
