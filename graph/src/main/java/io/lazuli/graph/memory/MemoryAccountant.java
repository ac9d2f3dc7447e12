package io.lazuli.graph.memory;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// Counts every byte that one worker holds outside the Java heap, against one limit.
///
/// ```
///   limit  =  free  +  reserved: headroom of open reservations  +  live buffers
/// ```
///
/// Bytes are reserved before they are allocated. A reservation that does not fit first asks the [Reclaimer]s (which spill),
/// and is refused only if they cannot help. Freed memory is pooled for reuse and given back to the system as soon as the
/// pool stands in the way of the limit, so the process never holds more than the limit.
///
/// Invariant: `0 <= reservedBytes() <= limit()`, and it is 0 again when all reservations and buffers are gone; [#close()]
/// fails otherwise, naming what is left.
public final class MemoryAccountant implements AutoCloseable {
    private final long limit;
    private final BufferPool pool;
    /// Headroom of reservations plus capacity of live buffers.
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong liveBuffers = new AtomicLong();
    private final List<Reclaimer> reclaimers = new CopyOnWriteArrayList<>();

    private MemoryAccountant(long limit) {
        if (limit <= 0) {
            throw new LazuliException(ErrorCode.USER, "Memory limit must be positive, found " + limit + " bytes.");
        }
        this.limit = limit;
        this.pool = new BufferPool(limit);
    }

    public static MemoryAccountant create(long limitBytes) {
        return new MemoryAccountant(limitBytes);
    }

    public long limit() {
        return limit;
    }

    /// Bytes spoken for now: headroom of reservations and live buffers.
    public long reservedBytes() {
        return reserved.get();
    }

    public long peakBytes() {
        return peak.get();
    }

    public long liveBufferCount() {
        return liveBuffers.get();
    }

    public void addReclaimer(Reclaimer reclaimer) {
        reclaimers.add(Objects.requireNonNull(reclaimer, "reclaimer is null"));
    }

    public void removeReclaimer(Reclaimer reclaimer) {
        reclaimers.remove(reclaimer);
    }

    /// Opens a reservation with `bytes` of headroom. Errors: RESOURCE if they cannot be had.
    ///
    /// Ownership: the caller closes it; until then it also owns every buffer it allocates.
    public Reservation reserve(String owner, long bytes) {
        if (!tryTake(bytes)) {
            throw refused(owner, bytes);
        }
        return new Reservation(this, owner, bytes);
    }

    LazuliException refused(String owner, long bytes) {
        return new LazuliException(
                ErrorCode.RESOURCE,
                "Out of memory: %s needs %,d more bytes, but %,d of the limit of %,d are in use and nothing more can be spilled. Raise the memory limit, or use more partitions."
                        .formatted(owner, bytes, reserved.get(), limit));
    }

    boolean tryTake(long bytes) {
        while (!takeIfFits(bytes)) {
            long missing = bytes + reserved.get() - limit;
            long freed = 0;
            for (Reclaimer reclaimer : reclaimers) {
                if (freed < missing) {
                    freed += reclaimer.reclaim(missing - freed);
                }
            }
            if (freed <= 0) {
                return takeIfFits(bytes);
            }
        }
        return true;
    }

    private boolean takeIfFits(long bytes) {
        while (true) {
            long now = reserved.get();
            if (bytes > limit - now) {
                return false;
            }
            if (reserved.compareAndSet(now, now + bytes)) {
                peak.accumulateAndGet(now + bytes, Math::max);
                return true;
            }
        }
    }

    void give(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /// Turns `capacity` reserved bytes into a buffer; they are given back when its last reference is released.
    Buffer allocate(long byteSize, long capacity) {
        var slab = pool.take(capacity);
        liveBuffers.incrementAndGet();
        return Buffer.create(slab.segment().asSlice(0, byteSize), () -> {
            pool.put(slab);
            liveBuffers.decrementAndGet();
            give(capacity);
        });
    }

    static long capacityFor(long byteSize) {
        return BufferPool.capacityFor(byteSize);
    }

    /// Frees the pool. Errors: INTERNAL if buffers or reservations are still open: a leak.
    @Override
    public void close() {
        long left = reserved.get();
        long live = liveBuffers.get();
        if (left != 0 || live != 0) {
            throw new LazuliException(
                    ErrorCode.INTERNAL, "Memory leak: %d buffers and %,d reserved bytes were never released.".formatted(live, left));
        }
        pool.close();
    }
}
