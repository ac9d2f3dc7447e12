package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.Key;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reclaimer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/// The results of this process by task id. When memory runs out it writes the coldest to disk and serves them from there.
///
/// An id's slot is written by the thread that finished the task and cleared by the scheduler, in an order that the scheduler
/// already guarantees; so slots need no lock. Thread-safe otherwise.
public final class ResultStore implements Reclaimer, AutoCloseable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    /// Part of the limit that is written at least, once results in use have to be: 1 / 8.
    private static final int EVICTED_SHARE = 8;

    private final MemoryAccountant accountant;
    private final SpillDirectory directory;
    private final ColdestFirst coldest = new ColdestFirst();
    /// One thread spills at a time: two would write twice what is needed.
    private final ReentrantLock spilling = new ReentrantLock();
    /// Bytes freed by spilling since the start; written under `spilling`.
    private volatile long freedBytes;
    /// Slots by id, in chunks that never move.
    private volatile StoredResult[][] chunks = {};

    private ResultStore(MemoryAccountant accountant, SpillDirectory directory) {
        this.accountant = accountant;
        this.directory = directory;
    }

    /// A store that spills under `spillParent` whenever `accountant` is short of memory.
    public static ResultStore open(MemoryAccountant accountant, Path spillParent) {
        ResultStore store = new ResultStore(accountant, SpillDirectory.under(spillParent));
        accountant.addReclaimer(store);
        return store;
    }

    /// Makes slots for all ids below `capacity`. Called by one thread at a time.
    public void ensureCapacity(int capacity) {
        int count = (capacity + CHUNK - 1) >>> CHUNK_BITS;
        if (count > chunks.length) {
            StoredResult[][] grown = Arrays.copyOf(chunks, Math.max(count, chunks.length * 3 / 2));
            for (int i = chunks.length; i < grown.length; i++) {
                grown[i] = new StoredResult[CHUNK];
            }
            chunks = grown;
        }
    }

    /// Ownership: takes over the caller's reference. Spilled bytes are added to `spilledBytes`.
    public void put(int task, Key key, Block block, LongAdder spilledBytes) {
        StoredResult result = new StoredResult(coldest, key, block, spilledBytes);
        chunks[task >>> CHUNK_BITS][task & CHUNK - 1] = result;
        if (StoredResult.canSpill(block)) {
            coldest.add(result);
        }
    }

    /// Gives an existing result one more name. Ownership: takes over one hold of it.
    public void put(int task, StoredResult result) {
        chunks[task >>> CHUNK_BITS][task & CHUNK - 1] = result;
    }

    /// The result of a task that finished and is still wanted.
    public StoredResult find(int task) {
        StoredResult result = chunks[task >>> CHUNK_BITS][task & CHUNK - 1];
        if (result == null) {
            throw new IllegalStateException("no result is stored for task " + task);
        }
        return result;
    }

    /// Frees the slot. Ownership: the hold of the id passes to the caller, who releases it.
    public StoredResult remove(int task) {
        StoredResult result = find(task);
        chunks[task >>> CHUNK_BITS][task & CHUNK - 1] = null;
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

    /// Writes everything to disk that nobody uses now.
    public void spillAll() {
        spilling.lock();
        try {
            freedBytes += spill(Long.MAX_VALUE);
        } finally {
            spilling.unlock();
        }
    }

    /// Spills the coldest results that nobody uses. If these are not enough, the running tasks pin too much: then results in
    /// use are written too, which frees nothing now, but the next tasks will read the same results from disk.
    private long spill(long bytes) {
        Deque<StoredResult> inUse = new ArrayDeque<>();
        long freed = 0;
        try {
            for (StoredResult result = coldest.poll(); result != null; result = freed < bytes ? coldest.poll() : null) {
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
            inUse.reversed().forEach(coldest::putBack);
        }
        return freed;
    }

    /// Removes the spill files. All results are released by then.
    @Override
    public void close() {
        accountant.removeReclaimer(this);
        directory.close();
    }
}
