package io.lazuli.graph.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Native memory in a few sizes, kept for reuse: fresh pages and closing a shared arena (a handshake of all threads) are
/// what makes off-heap memory slow.
///
/// Capacities rise in quarter steps of a power of two (at most a quarter is wasted). Up to 64 KiB, pieces are carved from
/// slabs of 1 MiB that hold one size each; above, every slab has its own arena.
///
/// Invariant: memory taken + idle slabs + slack of carved slabs never exceeds the limit plus one small slab per size,
/// because idle slabs are freed before a new one would cross it.
final class BufferPool implements AutoCloseable {
    static final long ALIGNMENT = 64;
    private static final long SMALLEST = 64;
    private static final long LARGEST_CARVED = 64 << 10;
    private static final long CARVED_SLAB = 1 << 20;

    private final long limit;
    /// Idle pieces by capacity, last in first out: the warmest is reused first.
    private final TreeMap<Long, Deque<Slab>> idle = new TreeMap<>();
    /// Slabs that small pieces are carved from; they live as long as the pool.
    private final List<Arena> carved = new ArrayList<>();
    /// Bytes obtained from the system: taken and idle.
    private long held;

    BufferPool(long limit) {
        this.limit = limit;
    }

    /// A piece of native memory; `arena` is null if it was carved from a shared slab.
    record Slab(MemorySegment segment, Arena arena) {}

    static long capacityFor(long byteSize) {
        long size = Math.max(byteSize, SMALLEST);
        if (size <= LARGEST_CARVED) {
            return Long.highestOneBit(2 * size - 1);
        }
        long quarter = Long.highestOneBit(size - 1) >>> 2;
        return (size + quarter - 1) / quarter * quarter;
    }

    synchronized Slab take(long capacity) {
        Deque<Slab> pieces = idle.get(capacity);
        if (pieces != null && !pieces.isEmpty()) {
            return pieces.pop();
        }
        return capacity <= LARGEST_CARVED ? carve(capacity) : allocate(capacity);
    }

    synchronized void put(Slab slab) {
        idle.computeIfAbsent(slab.segment().byteSize(), c -> new ArrayDeque<>()).push(slab);
    }

    private Slab allocate(long capacity) {
        trim(capacity);
        Arena arena = Arena.ofShared();
        held += capacity;
        return new Slab(arena.allocate(capacity, ALIGNMENT), arena);
    }

    private Slab carve(long capacity) {
        trim(CARVED_SLAB);
        Arena arena = Arena.ofShared();
        carved.add(arena);
        held += CARVED_SLAB;
        MemorySegment slab = arena.allocate(CARVED_SLAB, ALIGNMENT);
        Deque<Slab> pieces = idle.computeIfAbsent(capacity, c -> new ArrayDeque<>());
        for (long offset = CARVED_SLAB - capacity; offset > 0; offset -= capacity) {
            pieces.push(new Slab(slab.asSlice(offset, capacity), null));
        }
        return new Slab(slab.asSlice(0, capacity), null);
    }

    /// Frees idle slabs, the largest first, until `coming` more bytes fit under the limit.
    private void trim(long coming) {
        for (Map.Entry<Long, Deque<Slab>> pieces : idle.descendingMap().entrySet()) {
            while (held + coming > limit && pieces.getKey() > LARGEST_CARVED && !pieces.getValue().isEmpty()) {
                pieces.getValue().pollLast().arena().close();
                held -= pieces.getKey();
            }
        }
    }

    @Override
    public synchronized void close() {
        idle.tailMap(LARGEST_CARVED, false).values().forEach(slabs -> slabs.forEach(slab -> slab.arena().close()));
        carved.forEach(Arena::close);
        idle.clear();
        carved.clear();
        held = 0;
    }
}
