package io.lazuli.scheduler.simulation;

/// Where a worker writes results for which it has no memory.
final class Disk {
    private final World world;
    private final long capacity;
    /// Bytes of files; at most `capacity`.
    private long used;
    boolean isFull;
    boolean isSlow;
    boolean failsReads;
    /// Files written now will not be what was written.
    boolean isCorrupt;

    Disk(World world) {
        this.world = world;
        this.capacity = world.scenario.diskBytes();
    }

    boolean write(long bytes) {
        if (isFull || used + bytes > capacity) {
            return false;
        }
        used += bytes;
        return true;
    }

    void delete(long bytes) {
        used -= bytes;
        World.check(used >= 0, "more deleted than written: %d", used);
    }

    long used() {
        return used;
    }

    /// The process that wrote the files is gone, and they with it.
    void wipe() {
        used = 0;
    }

    /// What writing or reading a file takes.
    long nanos(long bytes) {
        long nanos = 50 * Times.MICROSECOND + bytes;
        return isSlow ? 1000 * nanos : nanos;
    }

    /// False if what is read is not what was written, or cannot be read at all.
    boolean reads(boolean isDamaged) {
        if (isDamaged) {
            world.statistics.count(Fault.DISK_CORRUPT);
        } else if (failsReads) {
            world.statistics.count(Fault.DISK_READ_FAILED);
        }
        return !isDamaged && !failsReads;
    }

    void heal() {
        isFull = false;
        isSlow = false;
        failsReads = false;
        isCorrupt = false;
    }
}
