package io.lazuli.graph.memory;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/// A stretch of memory outside the Java heap with a reference count: the only buffer type of Lazuli.
///
/// A buffer is born with one reference, which belongs to the [Reservation] that allocated it. Whoever keeps it beyond that
/// reservation's life retains it; the memory goes back when the last reference is released. A slice shares its parent's
/// count. Contents are undefined at birth, written by the creator alone, and never changed once another thread can see them.
///
/// Invariant: `references > 0` as long as the memory may be touched; a released buffer refuses to show its segment.
public final class Buffer {
    private final Root root;
    private final MemorySegment segment;

    private Buffer(Root root, MemorySegment segment) {
        this.root = root;
        this.segment = segment;
    }

    static Buffer create(MemorySegment segment, Runnable free) {
        return new Buffer(new Root(free), segment);
    }

    /// A buffer over memory that no accountant counts, such as a mapped file; `free` runs once, at the last release.
    public static Buffer ofForeign(MemorySegment segment, Runnable free) {
        return create(segment, free);
    }

    /// The memory itself. Valid only while the caller holds or has borrowed a reference.
    public MemorySegment segment() {
        if (root.references.get() <= 0) {
            throw new IllegalStateException(
                    "buffer of " + segment.byteSize() + " bytes is used after its last release");
        }
        return segment;
    }

    public long byteSize() {
        return segment.byteSize();
    }

    /// Adds a reference, for the caller to release.
    public Buffer retain() {
        if (root.references.getAndUpdate(n -> n > 0 ? n + 1 : n) <= 0) {
            throw new IllegalStateException(
                    "buffer of " + segment.byteSize() + " bytes is retained after its last release");
        }
        return this;
    }

    /// Gives up one reference.
    public void release() {
        int before = root.references.getAndUpdate(n -> n > 0 ? n - 1 : n);
        if (before <= 0) {
            throw new IllegalStateException(
                    "buffer of " + segment.byteSize() + " bytes is released more often than retained");
        }
        if (before == 1) {
            root.free.run();
        }
    }

    /// A view of part of this buffer. Shares the count: the caller of `slice` holds no reference until it retains one.
    public Buffer slice(long offset, long byteSize) {
        return new Buffer(root, segment.asSlice(offset, byteSize));
    }

    public int references() {
        return root.references.get();
    }

    private static final class Root {
        /// Number of holders; at zero the memory has gone back, and zero is never left again.
        final AtomicInteger references = new AtomicInteger(1);
        final Runnable free;

        Root(Runnable free) {
            this.free = free;
        }
    }
}
