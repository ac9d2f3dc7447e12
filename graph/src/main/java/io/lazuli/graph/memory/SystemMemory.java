package io.lazuli.graph.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Where a pool's slabs come from and go back to.
@FunctionalInterface
interface SystemMemory {
    /// A slab of `byteSize` zeros, aligned to at least [BufferPool#ALIGNMENT].
    Slab allocate(long byteSize);

    /// Memory as the system gave it; `free` gives it back, once.
    record Slab(MemorySegment segment, Runnable free) {}

    /// What is best here: pages mapped by ourselves where this process may call native code anyway, else shared arenas.
    static SystemMemory best() {
        SegmentClasses.load();
        return MappedPages.find().orElse(SystemMemory::inArena);
    }

    /// Memory of an arena of its own: works everywhere and needs no flag. Closing it costs a handshake of all threads, and the C
    /// library decides whether the system gets the memory back.
    static Slab inArena(long byteSize) {
        Arena arena = Arena.ofShared();
        try {
            return new Slab(arena.allocate(byteSize, BufferPool.ALIGNMENT), arena::close);
        } catch (Throwable e) {
            arena.close();
            throw e;
        }
    }
}
