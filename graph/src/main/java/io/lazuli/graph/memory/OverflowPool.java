package io.lazuli.graph.memory;

import io.lazuli.graph.memory.SystemMemory.Slab;

/// Buffers on the files of an [Overflow], which are kept for reuse like memory as long as any of them is in use, for making one
/// costs as much as filling it.
final class OverflowPool {
    /// Files that are kept beside those in use, at most.
    private static final long IDLE_BYTES = 64 << 20;

    private final BufferPool pool;
    /// Pieces in use.
    private int used;

    OverflowPool(Overflow overflow) {
        pool = new BufferPool(
                byteSize -> {
                    Overflow.Pages pages = overflow.map(byteSize);
                    return new Slab(pages.segment(), pages.free());
                },
                IDLE_BYTES);
    }

    synchronized BufferPool.Piece take(long capacity) {
        BufferPool.Piece piece = pool.take(capacity);
        used++;
        return piece;
    }

    synchronized void put(BufferPool.Piece piece) {
        pool.put(piece);
        if (--used == 0) {
            pool.close();
        }
    }
}
