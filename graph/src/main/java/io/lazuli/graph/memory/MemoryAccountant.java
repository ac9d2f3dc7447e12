package io.lazuli.graph.memory;

import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Counts every byte that one worker holds outside the Java heap, against one limit.
///
/// ```
///   limit  =  free  +  reserved: headroom of open reservations  +  live buffers
/// ```
///
/// Bytes are reserved before they are allocated. A reservation that does not fit first asks the [Reclaimer]s (which spill),
/// and is refused only if they cannot help. Freed memory is pooled for reuse and given back to the system as soon as the
/// pool stands in the way of the limit, so the process never holds more than the limit (and the slack of [BufferPool]).
///
/// What a task cannot do without comes from the [Overflow], if there is one, and does not count.
///
/// Invariant: `0 <= reservedBytes() <= limit()`, and it is 0 again when all reservations and buffers are gone; [#close()]
/// fails otherwise, naming what is left.
public final class MemoryAccountant implements AutoCloseable {
    private static final int LEAKS_SHOWN = 8;

    private final long limit;
    private final BufferPool pool;
    /// Headroom of reservations plus capacity of live buffers.
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    /// Buffers that are not yet released, and reservations that have had headroom and are not yet closed.
    private final Set<Loan> loans = ConcurrentHashMap.newKeySet();
    private final Set<Reservation> reservations = ConcurrentHashMap.newKeySet();
    private final List<Reclaimer> reclaimers = new CopyOnWriteArrayList<>();
    private volatile Optional<OverflowPool> overflow = Optional.empty();
    private volatile boolean closed;

    private MemoryAccountant(long limit) {
        if (limit <= 0) {
            throw new LazuliException(ErrorCode.USER, "Memory limit must be positive, found " + limit + " bytes.");
        }
        this.limit = limit;
        this.pool = new BufferPool(limit);
    }

    /// The memory of one live buffer.
    private sealed interface Loan extends Runnable {
        String owner();
    }

    /// A piece of the pool.
    private final class PooledLoan implements Loan {
        private final String owner;
        private final BufferPool.Piece piece;

        PooledLoan(String owner, BufferPool.Piece piece) {
            this.owner = owner;
            this.piece = piece;
        }

        @Override
        public String owner() {
            return owner;
        }

        /// Takes the memory back. The pool has it before its bytes can be reserved again, so that it can be trimmed.
        @Override
        public void run() {
            pool.put(piece);
            loans.remove(this);
            give(piece.capacity());
        }
    }

    /// A piece of the overflow.
    private final class OverflowLoan implements Loan {
        private final String owner;
        private final OverflowPool from;
        private final BufferPool.Piece piece;

        OverflowLoan(String owner, OverflowPool from, BufferPool.Piece piece) {
            this.owner = owner;
            this.from = from;
            this.piece = piece;
        }

        @Override
        public String owner() {
            return owner;
        }

        @Override
        public void run() {
            from.put(piece);
            loans.remove(this);
        }
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
        return loans.size();
    }

    public void addReclaimer(Reclaimer reclaimer) {
        reclaimers.add(Objects.requireNonNull(reclaimer, "reclaimer is null"));
    }

    public void removeReclaimer(Reclaimer reclaimer) {
        reclaimers.remove(reclaimer);
    }

    /// From now on what cannot be refused comes from `newOverflow` where memory is short.
    public void overflowTo(Overflow newOverflow) {
        overflow = Optional.of(new OverflowPool(newOverflow));
    }

    /// Whether there is an overflow.
    boolean canOverflow() {
        return overflow.isPresent();
    }

    /// Opens a reservation with `bytes` of headroom. Errors: RESOURCE if they cannot be had.
    ///
    /// Ownership: the caller closes it; until then it also owns every buffer it allocates.
    ///
    /// Cost: one without headroom touches nothing that threads share, and counts as open from when it gets some.
    ///
    /// @param owner what messages call it; turned into text only where one is needed
    public Reservation reserve(Object owner, long bytes) {
        Objects.requireNonNull(owner, "owner is null");
        if (closed) {
            throw new IllegalStateException("memory of " + owner + " is reserved after its accountant was closed");
        }
        Reservation reservation = new Reservation(this, owner);
        if (!reservation.tryGrow(bytes)) {
            throw refused(owner.toString(), bytes);
        }
        return reservation;
    }

    LazuliException refused(String owner, long bytes) {
        String text =
                "Out of memory: %s needs %,d more bytes, but %,d of the limit of %,d are in use and nothing more can be spilled. Raise the memory limit, or use more partitions.";
        return new LazuliException(
                ErrorCode.RESOURCE, String.format(Locale.ROOT, text, owner, bytes, reserved.get(), limit));
    }

    boolean tryTake(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, found " + bytes);
        }
        if (bytes == 0) {
            return true;
        }
        if (bytes > limit) {
            return false; // no spilling can help
        }
        while (!takeIfFits(bytes)) {
            long missing = bytes - (limit - reserved.get());
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
    Buffer allocate(String owner, long byteSize, long capacity) {
        PooledLoan loan = new PooledLoan(owner, pool.take(capacity));
        loans.add(loan);
        return Buffer.create(loan.piece.segment().asSlice(0, byteSize), loan);
    }

    /// A buffer of the overflow, which does not count; empty if there is none. Errors: RESOURCE if the disk does not take it.
    Optional<Buffer> overflow(String owner, long byteSize) {
        return overflow.map(pool -> {
            OverflowLoan loan = new OverflowLoan(owner, pool, pool.take(capacityFor(byteSize)));
            loans.add(loan);
            return Buffer.create(loan.piece.segment().asSlice(0, byteSize), loan);
        });
    }

    void opened(Reservation reservation) {
        reservations.add(reservation);
    }

    void closed(Reservation reservation) {
        reservations.remove(reservation);
    }

    static long capacityFor(long byteSize) {
        return BufferPool.capacityFor(byteSize);
    }

    /// Bytes that the system has given: in use and pooled.
    long heldBytes() {
        return pool.heldBytes();
    }

    /// Frees the pool. Errors: INTERNAL if buffers or reservations are still open: a leak. The message names their owners.
    @Override
    public void close() {
        long left = reserved.get();
        int live = loans.size();
        if (left != 0 || live != 0 || !reservations.isEmpty()) {
            String text = "Memory leak: %d buffers and %,d reserved bytes were never released. Owners: %s.";
            throw new LazuliException(ErrorCode.INTERNAL, String.format(Locale.ROOT, text, live, left, leakOwners()));
        }
        closed = true;
        pool.close();
    }

    private String leakOwners() {
        Stream<String> owners = Stream.concat(
                reservations.stream().map(reservation -> reservation.owner() + " (open)"),
                loans.stream().map(Loan::owner));
        return owners.distinct().sorted().limit(LEAKS_SHOWN).collect(Collectors.joining(", "));
    }
}
