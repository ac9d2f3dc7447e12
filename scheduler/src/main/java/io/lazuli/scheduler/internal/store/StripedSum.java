package io.lazuli.scheduler.internal.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// A sum of small numbers that many threads add at once: each thread adds to a stripe, and hands on to the sum they share only
/// what has gathered there.
final class StripedSum {
    /// What a stripe gathers before it hands it on.
    private static final long GATHERED = 64 << 10;
    /// Longs from one stripe to the next: two cache lines, because processors fetch them in pairs.
    private static final int STRIDE = 16;

    private final AtomicLongArray stripes = new AtomicLongArray(Stripes.count() * STRIDE);
    private final AtomicLong shared = new AtomicLong();

    /// Adds `n`; true if the shared sum has changed.
    boolean add(long n) {
        int at = Stripes.own() * STRIDE;
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
        for (int at = 0; at < stripes.length(); at += STRIDE) {
            sum += stripes.get(at);
        }
        return sum;
    }
}
