package io.lazuli.scheduler.internal.compute;

/// The place of one compute thread. Threads may come and go, one at a time.
final class Seat {
    final int index;
    /// What the thread may run; replaced only when it is empty, under the core's lock.
    volatile Lease lease = Lease.NONE;
    /// Who sits here; replaced under the core's lock. Set before anybody else sees the seat.
    @SuppressWarnings("NullAway.Init")
    volatile ComputeThread worker;

    Seat(int index) {
        this.index = index;
    }
}
