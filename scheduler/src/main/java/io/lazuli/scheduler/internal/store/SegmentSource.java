package io.lazuli.scheduler.internal.store;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Where a [SegmentReader] finds the bytes of a segment. Confined to one thread.
interface SegmentSource extends Closeable {
    long size() throws IOException;

    /// Reads some of what is at `offset` into `target`; returns how many bytes, -1 behind the end.
    int read(ByteBuffer target, long offset) throws IOException;

    /// All of it as memory to read, valid as long as `arena` is open.
    MemorySegment map(Arena arena) throws IOException;
}
