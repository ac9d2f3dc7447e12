package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// An open file of a [Disk]. Confined to one thread.
interface DiskFile extends SegmentSource {
    Path path();

    /// Writes some of `source` at `offset`; returns how many bytes. What is left out between writes reads as zeros.
    int write(ByteBuffer source, long offset) throws IOException;

    /// The whole file as memory to read and write, valid as long as `arena` is open. Only of a file that was created by this.
    MemorySegment mapToWrite(Arena arena) throws IOException;
}
