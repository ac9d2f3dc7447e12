package io.lazuli.graph.memory;

import io.lazuli.graph.memory.SystemMemory.Slab;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Native memory in a few sizes, kept for reuse: fresh pages are
/// what makes off-heap memory slow.
///
/// Capacities rise in quarter steps of a power of two (at most a quarter is wasted), small ones in powers of two. Up to
/// 64 KiB, pieces are carved from slabs of 1 MiB that hold one size each and become plain slabs again once all their pieces
/// are back; above, every piece is a slab of its own.
///
/// Invariant: `held <= limit` plus what is unused in carved slabs, because idle slabs are freed before a new one would cross
/// the limit. Unused is at most one slab per small size, and more only while freed pieces leave slabs partly used.
final class BufferPool implements AutoCloseable {
    static final long ALIGNMENT = 64;
    static final long CARVED_SLAB = 1 << 20;
    private static final long SMALLEST = 64;
    private static final long LARGEST_CARVED = 64 << 10;

    private static final SystemMemory SYSTEM = SystemMemory.best();

    private final SystemMemory system;
    private final long limit;
    /// Slabs of which nothing is in use, by size, last in first out: the warmest is reused first.
    private final TreeMap<Long, Deque<Slab>> idle = new TreeMap<>();
    /// Carved slabs that are partly in use, by piece size; the oldest are filled first so that the others fall idle.
    private final Map<Long, SequencedSet<CarvedSlab>> partlyUsed = new HashMap<>();
    /// Bytes obtained from the system: in use and idle.
    private long held;

    BufferPool(long limit) {
        this(SYSTEM, limit);
    }

    /// A pool of slabs from elsewhere. Above `limit` bytes, nothing is kept for reuse.
    BufferPool(SystemMemory system, long limit) {
        this.system = system;
        this.limit = limit;
    }

    /// Memory in use: a whole slab if `carved` is null, else a piece of that one.
    record Piece(MemorySegment segment, Slab slab, @Nullable CarvedSlab carved) {
        long capacity() {
            return segment.byteSize();
        }
    }

    /// A slab in pieces of one size, of which at least one is in use.
    static final class CarvedSlab {
        final Slab slab;
        /// Pieces that are back.
        final Deque<Piece> free = new ArrayDeque<>();
        /// Everything from here to the end was never in use.
        long untouched;

        CarvedSlab(Slab slab) {
            this.slab = slab;
        }

        Piece take(long capacity) {
            if (!free.isEmpty()) {
                return free.pop();
            }
            Piece piece = new Piece(slab.segment().asSlice(untouched, capacity), slab, this);
            untouched += capacity;
            return piece;
        }

        boolean isFull() {
            return free.isEmpty() && untouched == CARVED_SLAB;
        }

        boolean isIdle(long capacity) {
            return free.size() * capacity == untouched;
        }
    }

    static long capacityFor(long byteSize) {
        long size = Math.max(byteSize, SMALLEST);
        if (size <= LARGEST_CARVED) {
            return Long.highestOneBit(2 * size - 1);
        }
        long quarter = Long.highestOneBit(size - 1) >>> 2;
        return size > Long.MAX_VALUE - quarter ? Long.MAX_VALUE : Math.ceilDiv(size, quarter) * quarter;
    }

    synchronized Piece take(long capacity) {
        if (capacity > LARGEST_CARVED) {
            Slab slab = takeSlab(capacity);
            return new Piece(slab.segment(), slab, null);
        }
        SequencedSet<CarvedSlab> open = partlyUsed(capacity);
        CarvedSlab carved = open.isEmpty() ? new CarvedSlab(takeSlab(CARVED_SLAB)) : open.getFirst();
        Piece piece = carved.take(capacity);
        if (carved.isFull()) {
            open.remove(carved);
        } else {
            open.add(carved);
        }
        return piece;
    }

    synchronized void put(Piece piece) {
        CarvedSlab carved = piece.carved();
        if (carved == null) {
            keep(piece.slab());
            return;
        }
        carved.free.push(piece);
        SequencedSet<CarvedSlab> open = partlyUsed(piece.capacity());
        if (carved.isIdle(piece.capacity())) {
            open.remove(carved);
            keep(carved.slab);
        } else {
            open.add(carved);
        }
    }

    private SequencedSet<CarvedSlab> partlyUsed(long capacity) {
        return partlyUsed.computeIfAbsent(capacity, c -> new LinkedHashSet<>());
    }

    /// Bytes that the system has given.
    synchronized long heldBytes() {
        return held;
    }

    private void keep(Slab slab) {
        idle.computeIfAbsent(slab.segment().byteSize(), c -> new ArrayDeque<>()).push(slab);
        trim(0);
    }

    private Slab takeSlab(long capacity) {
        Deque<Slab> slabs = idle.get(capacity);
        if (slabs != null && !slabs.isEmpty()) {
            return slabs.pop();
        }
        trim(capacity);
        Slab slab = system.allocate(capacity);
        held += capacity;
        return slab;
    }

    /// Frees idle slabs, the largest first, until `coming` more bytes fit under the limit.
    private void trim(long coming) {
        for (Deque<Slab> slabs : idle.descendingMap().values()) {
            while (held > limit - coming && !slabs.isEmpty()) {
                Slab coldest = slabs.pollLast();
                coldest.free().run();
                held -= coldest.segment().byteSize();
            }
        }
    }

    /// Frees what is idle. Must not be called while pieces are in use.
    @Override
    public synchronized void close() {
        idle.values().forEach(slabs -> slabs.forEach(slab -> slab.free().run()));
        idle.clear();
        held = 0;
    }
}
