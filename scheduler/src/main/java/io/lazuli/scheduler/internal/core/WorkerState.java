package io.lazuli.scheduler.internal.core;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One worker, as far as the scheduler knows.
final class WorkerState {
    enum Status {
        ACTIVE,
        /// Silent for a while: gets no leases until it speaks.
        SUSPECT,
        /// Has said that it wants to end: gets no leases, and stays until its results are with others.
        LEAVING,
        /// Taken for dead: what this incarnation says is refused.
        GONE
    }

    final int index;
    final int incarnation;
    final WorkerProfile profile;
    Status status = Status.ACTIVE;
    /// When it spoke last.
    long heardNanos;
    /// Leases that it asked for and did not get.
    int room;
    /// Tasks that are LEASED to it.
    int leased;
    /// Amounts not in use by its leased tasks.
    private final SortedMap<String, Integer> free;

    WorkerState(int index, int incarnation, WorkerProfile profile, long now) {
        this.index = index;
        this.incarnation = incarnation;
        this.profile = profile;
        this.heardNanos = now;
        this.free = new TreeMap<>(profile.resources());
    }

    boolean isActive() {
        return status == Status.ACTIVE;
    }

    boolean isLeaving() {
        return status == Status.LEAVING;
    }

    boolean isGone() {
        return status == Status.GONE;
    }

    /// Threads without a task; negative if it has more tasks than threads.
    int idleThreads() {
        return profile.threads() - leased;
    }

    /// How many tasks under these terms it has the resources for now.
    int capacityFor(LayerTerms terms) {
        int least = Integer.MAX_VALUE;
        if (terms.resources().isEmpty()) {
            return least;
        }
        for (Map.Entry<String, Integer> resource : terms.resources().entrySet()) {
            least = Math.min(least, free.getOrDefault(resource.getKey(), 0) / resource.getValue());
        }
        return least;
    }

    /// Takes what `count` tasks need, or gives it back if `count` is negative.
    void occupy(LayerTerms terms, int count) {
        leased += count;
        if (terms.resources().isEmpty()) {
            return;
        }
        terms.resources().forEach((name, amount) -> free.merge(name, -amount * count, Integer::sum));
    }

    SortedMap<String, Integer> free() {
        return free;
    }
}
