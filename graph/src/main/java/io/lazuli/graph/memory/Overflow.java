package io.lazuli.graph.memory;

import java.lang.foreign.MemorySegment;

/// Where tasks that cannot do with less get what the limit refuses: files that are mapped to be written. The system keeps as much
/// of them in memory as it can spare and takes it away when it needs it, so they do not count against the limit.
@FunctionalInterface
public interface Overflow {
    /// Writable memory; `free` gives it back, once.
    record Pages(MemorySegment segment, Runnable free) {}

    /// `byteSize` bytes with undefined contents. Errors: RESOURCE if the disk does not take them.
    Pages map(long byteSize);
}
