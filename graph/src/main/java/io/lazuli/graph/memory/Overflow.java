package io.lazuli.graph.memory;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// Where tasks that cannot do with less get what the limit refuses: files that are mapped to be written. The system keeps as much
/// of them in memory as it can spare and takes it away when it needs it, so they do not count against the limit.
@FunctionalInterface
public interface Overflow {
    /// There is none: what is refused is refused.
    Overflow NONE = _ -> Optional.empty();

    /// Writable memory; `free` gives it back, once.
    record Pages(MemorySegment segment, Runnable free) {}

    /// `byteSize` bytes with undefined contents, or empty if this is [#NONE]. Errors: RESOURCE if the disk does not take them.
    Optional<Pages> map(long byteSize);
}
