package io.lazuli.graph.memory;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// The memory of one task: bytes it may allocate (headroom) and the buffers it has allocated.
///
/// The reservation is the scope of the ownership law. It owns one reference of each buffer it allocated; closing it releases
/// them all and returns the headroom. What outlives the task (a result [Block]) has retained its buffers by then. So code in
/// a task never releases its own buffers, neither on success nor on failure; it may [#free] one early.
///
/// What a task needs at least may come from files instead, see [FileUse]: then the task is slower and does not fail.
///
/// Used by one thread at a time; only [#abandon] may be called by another. Errors: IllegalStateException if it is used after
/// [#close].
public final class Reservation implements AutoCloseable {
    /// Smaller pieces are never taken from files while there is memory.
    private static final long SMALL_BYTES = 64 << 10;

    private final MemoryAccountant accountant;
    /// Becomes its text when that is needed first.
    private Object owner;
    /// Immutable as long as there was none.
    private Set<Buffer> buffers = Collections.emptySet();
    /// Reserved bytes that are not yet a buffer.
    private long headroom;
    /// It has had headroom or a buffer: the accountant knows it.
    private boolean opened;
    private boolean closed;
    /// Nothing more is given out.
    private boolean abandoned;
    /// Whether a request for headroom was ever refused.
    private boolean refused;
    private FileUse fileUse = FileUse.NEVER;
    /// Bytes of all buffers that came from files.
    private long fileBytes;

    Reservation(MemoryAccountant accountant, Object owner) {
        this.accountant = accountant;
        this.owner = owner;
    }

    public String owner() {
        String text = owner.toString();
        owner = text;
        return text;
    }

    public long headroomBytes() {
        return headroom;
    }

    /// Asks for more headroom. A refusal is the moment to spill one's own state; it never blocks.
    public synchronized boolean tryGrow(long bytes) {
        checkOpen();
        if (!accountant.tryTake(bytes)) {
            refused = true;
            return false;
        }
        headroom += bytes;
        if (bytes > 0 && !opened) {
            opened = true;
            accountant.opened(this);
        }
        return true;
    }

    /// True if it has asked for more than it got: what failed for lack of memory may do better alone.
    public boolean wasRefused() {
        return refused;
    }

    /// Says when buffers may come from files from now on; returns what was said before.
    public FileUse useFiles(FileUse use) {
        FileUse before = fileUse;
        fileUse = use;
        return before;
    }

    /// Bytes that files gave so far because memory did not, those that were freed again too. Also after the end.
    public synchronized long fileBytes() {
        return fileBytes;
    }

    /// True if files take what memory refuses: then nothing but the disk limits what [#allocate] gives.
    public boolean canOverflow() {
        return fileUse != FileUse.NEVER && accountant.canOverflow();
    }

    /// True if [#tryAllocate] refuses nothing but what the disk does not take.
    public boolean refusesNothing() {
        return fileUse.compareTo(FileUse.INSTEAD_OF_REFUSING) >= 0 && accountant.canOverflow();
    }

    /// Returns headroom that is not needed any more.
    public synchronized void shrink(long bytes) {
        checkOpen();
        if (bytes < 0 || bytes > headroom) {
            throw new IllegalArgumentException("cannot shrink " + owner + " by " + bytes + ", headroom is " + headroom);
        }
        headroom -= bytes;
        accountant.give(bytes);
    }

    /// A buffer of `byteSize` bytes with undefined contents, or empty if the memory is refused.
    ///
    /// Ownership: this reservation's, until it is closed or [#free] is called.
    public synchronized Optional<Buffer> tryAllocate(long byteSize) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("byteSize must not be negative, found " + byteSize);
        }
        checkOpen();
        if (fileUse == FileUse.ALWAYS && byteSize > SMALL_BYTES && accountant.canOverflow()) {
            return overflow(byteSize);
        }
        long capacity = MemoryAccountant.capacityFor(byteSize);
        if (headroom < capacity && !tryGrow(capacity - headroom)) {
            return refusesNothing() ? overflow(byteSize) : Optional.empty();
        }
        Buffer buffer = accountant.allocate(owner(), byteSize, capacity);
        headroom -= capacity;
        return Optional.of(own(buffer));
    }

    private synchronized Optional<Buffer> overflow(long byteSize) {
        checkOpen();
        Optional<Buffer> buffer = accountant.overflow(owner(), byteSize);
        fileBytes += buffer.isPresent() ? byteSize : 0;
        return buffer.map(this::own);
    }

    private Buffer own(Buffer buffer) {
        if (buffers.isEmpty()) {
            buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        buffers.add(buffer);
        if (!opened) {
            opened = true;
            accountant.opened(this);
        }
        return buffer;
    }

    /// As [#tryAllocate], but a refusal is an error, or filled from a file where [#canOverflow]. Errors: RESOURCE.
    public Buffer allocate(long byteSize) {
        return tryAllocate(byteSize)
                .or(() -> canOverflow() ? overflow(byteSize) : Optional.empty())
                .orElseThrow(() -> accountant.refused(owner(), MemoryAccountant.capacityFor(byteSize) - headroom));
    }

    /// Gives up this reservation's reference of a buffer before the end.
    public synchronized void free(Buffer buffer) {
        if (!buffers.remove(buffer)) {
            throw new IllegalArgumentException("buffer of " + buffer.byteSize() + " bytes does not belong to " + owner);
        }
        buffer.release();
    }

    /// Frees the buffers that nobody else uses any more: what a part of the task leaves behind when its result has been made.
    /// Their bytes stay headroom of this task, unless another task is quicker to take them.
    public void recycle() {
        checkOpen();
        long freed = 0;
        for (Iterator<Buffer> all = buffers.iterator(); all.hasNext();) {
            Buffer buffer = all.next();
            if (buffer.references() == 1) {
                all.remove();
                freed += isMemory(buffer) ? MemoryAccountant.capacityFor(buffer.byteSize()) : 0;
                buffer.release();
            }
        }
        if (freed > 0) {
            tryGrow(freed);
        }
    }

    private static boolean isMemory(Buffer buffer) {
        return !buffer.segment().isMapped();
    }

    /// Releases the buffers and returns the headroom; a second call does nothing. Errors: IllegalStateException if a buffer
    /// was released by others more often than they retained it; everything else is given back all the same.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!opened) {
            return;
        }
        accountant.give(headroom);
        headroom = 0;
        accountant.closed(this);
        IllegalStateException failure = null;
        for (Buffer buffer : buffers) {
            try {
                buffer.release();
            } catch (IllegalStateException e) {
                failure = e;
            }
        }
        buffers.clear();
        if (failure != null) {
            throw new IllegalStateException("a buffer of " + owner + " was released by someone else", failure);
        }
    }

    /// Returns the headroom of a task that does not end. What it has allocated stays its own until it does; it gets no more.
    public synchronized void abandon() {
        abandoned = true;
        accountant.give(headroom);
        headroom = 0;
    }

    private void checkOpen() {
        if (abandoned) {
            throw new IllegalStateException("reservation of " + owner + " is used after its task was given up");
        }
        if (closed) {
            throw new IllegalStateException("reservation of " + owner + " is used after it was closed");
        }
    }
}
