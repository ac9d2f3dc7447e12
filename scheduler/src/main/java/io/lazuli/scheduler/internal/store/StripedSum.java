package io.lazuli.scheduler.internal.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// A sum of small numbers that many threads add at once: each thread adds to a stripe, and hands on to the sum they share only
/// what has gathered there.
final class StripedSum {
    /// What a stripe gathers before it hands it on.
    private static final long GATHERED = 64 << 10;
    private static final int MOST_STRIPES = 64;
    /// Longs from one stripe to the next: two cache lines, because processors fetch them in pairs.
    private static final int STRIDE = 16;

    private final AtomicLongArray stripes;
    private final int mask;
    private final AtomicLong shared = new AtomicLong();

    StripedSum() {
        int wanted = Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 1, MOST_STRIPES);
        int count = Integer.highestOneBit(2 * wanted - 1);
        mask = count - 1;
        stripes = new AtomicLongArray(count * STRIDE);
    }

    /// Adds `n`; true if the shared sum has changed.
    boolean add(long n) {
        int at = ((int) Thread.currentThread().threadId() & mask) * STRIDE;
        if (Math.abs(stripes.addAndGet(at, n)) < GATHERED) {
            return false;
        }
        shared.addAndGet(stripes.getAndSet(at, 0));
        return true;
    }

    /// The sum but for what is gathering: at most 64 KiB a stripe. One read.
    long roughly() {
        return shared.get();
    }

    /// The sum, exact as long as nobody adds.
    long exactly() {
        long sum = shared.get();
        for (int stripe = 0; stripe <= mask; stripe++) {
            sum += stripes.get(stripe * STRIDE);
        }
        return sum;
    }
}
