package io.lazuli.scheduler.event;

/// How many tasks were finished a second, over the last five seconds.
final class RateMeter {
    /// The last seconds, cut into slots.
    private static final long SLOT_NANOS = 500_000_000;
    private static final int SLOTS = 10;

    /// Finished tasks by slot of time, from `newestSlot - SLOTS + 1` to `newestSlot`.
    private final int[] finished = new int[SLOTS];
    private long newestSlot;
    /// When the first task was given to a worker; negative before.
    private long startNanos = -1;

    /// Something may be finished from now on.
    void start(long nanos) {
        startNanos = startNanos < 0 ? nanos : startNanos;
    }

    void add(int count, long nanos) {
        goTo(nanos / SLOT_NANOS);
        finished[(int) (newestSlot % SLOTS)] += count;
    }

    /// Adds what another has counted.
    void add(RateMeter other) {
        goTo(other.newestSlot);
        for (long slot = Math.max(0, newestSlot - SLOTS + 1); slot <= other.newestSlot; slot++) {
            finished[(int) (slot % SLOTS)] += other.finished[(int) (slot % SLOTS)];
        }
        if (other.startNanos >= 0) {
            startNanos = startNanos < 0 ? other.startNanos : Math.min(startNanos, other.startNanos);
        }
    }

    double perSecond(long nanos) {
        goTo(nanos / SLOT_NANOS);
        long count = 0;
        for (int slot : finished) {
            count += slot;
        }
        long windowStart = Math.max(startNanos, (newestSlot - SLOTS + 1) * SLOT_NANOS);
        return count == 0 ? 0 : count * 1e9 / Math.max(nanos - windowStart, 1_000_000);
    }

    private void goTo(long slot) {
        newestSlot = Math.max(newestSlot, slot - SLOTS);
        while (newestSlot < slot) {
            finished[(int) (++newestSlot % SLOTS)] = 0;
        }
    }
}
