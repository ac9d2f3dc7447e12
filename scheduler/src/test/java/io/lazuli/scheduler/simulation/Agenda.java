package io.lazuli.scheduler.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/// What is going to happen, in the order of virtual time; at one time, in the order in which it was noted.
final class Agenda {
    private record Entry(long nanos, long sequence, Runnable happening) {}

    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::nanos).thenComparingLong(Entry::sequence));
    private long sequence;
    private long now;

    long now() {
        return now;
    }

    /// How much has happened.
    long count() {
        return sequence - entries.size();
    }

    void at(long nanos, Runnable happening) {
        entries.add(new Entry(Math.max(nanos, now), sequence++, happening));
    }

    void in(long nanos, Runnable happening) {
        at(now + nanos, happening);
    }

    /// Lets the next thing happen.
    void step() {
        Entry next = entries.remove();
        now = next.nanos;
        next.happening.run();
    }
}
