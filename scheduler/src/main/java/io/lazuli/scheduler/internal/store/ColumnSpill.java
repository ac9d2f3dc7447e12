package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reclaimer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// Writes columns to disk when memory outside the heap runs out: first those that are needed latest. Thread-safe.
final class ColumnSpill implements Reclaimer {
    /// Part of the limit that is written at least, once results in use have to be: 1 / 8.
    private static final int EVICTED_SHARE = 8;

    private final MemoryAccountant accountant;
    private final SpillDirectory directory;
    private final SpillOrder order = new SpillOrder();
    /// One thread spills at a time: two would write twice what is needed.
    private final ReentrantLock spilling = new ReentrantLock();
    /// Bytes freed by spilling since the start; written under `spilling`.
    private volatile long freedBytes;

    ColumnSpill(MemoryAccountant accountant, SpillDirectory directory) {
        this.accountant = accountant;
        this.directory = directory;
    }

    /// What may be spilled.
    SpillOrder order() {
        return order;
    }

    /// Where it is written.
    SpillDirectory directory() {
        return directory;
    }

    /// Ownership: takes over the caller's reference.
    StoredResult keep(Key key, Block block, long when, SpillCounters counters) {
        if (block.byteSize() == 0) {
            return KeptResult.columns(key, block);
        }
        ColumnsResult result = new ColumnsResult(this, key, block, when, counters);
        if (ColumnsResult.canSpill(block)) {
            order.add(result);
        }
        return result;
    }

    @Override
    public long reclaim(long bytes) {
        long before = freedBytes;
        spilling.lock();
        try {
            if (freedBytes != before) {
                return freedBytes - before;
            }
            long freed = spill(bytes);
            freedBytes += freed;
            return freed;
        } finally {
            spilling.unlock();
        }
    }

    /// Writes everything that nobody uses now. Errors: RESOURCE if that fails.
    void spillAll() {
        spilling.lock();
        try {
            freedBytes += spill(Long.MAX_VALUE);
        } finally {
            spilling.unlock();
        }
    }

    /// Spills what is needed latest and used by nobody. If this is not enough, the running tasks pin too much: then results in
    /// use are written too, which frees nothing now, but the next tasks will read the same results from disk.
    private long spill(long bytes) {
        Deque<ColumnsResult> inUse = new ArrayDeque<>();
        long freed = 0;
        try {
            while (freed < bytes && order.poll() instanceof ColumnsResult result) {
                inUse.add(result);
                long reserved = accountant.reservedBytes();
                long exclusive = result.spill(directory, false);
                if (exclusive >= 0) {
                    inUse.removeLast();
                    freed += Math.max(exclusive, reserved - accountant.reservedBytes());
                }
            }
            long wanted = Math.max(bytes - freed, accountant.limit() / EVICTED_SHARE);
            while (freed < bytes && wanted > 0 && !inUse.isEmpty()) {
                freed += inUse.getFirst().spill(directory, true);
                wanted -= inUse.removeFirst().byteSize();
            }
        } finally {
            inUse.forEach(order::add);
        }
        return freed;
    }
}
