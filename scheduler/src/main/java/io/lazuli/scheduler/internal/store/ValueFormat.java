package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// How values of users' programs become bytes and come back equal, within one process. Thread-safe.
interface ValueFormat {
    /// Writes a value, in pieces that are worth a write each. Errors: what `target` throws; any unchecked exception if the
    /// value cannot be written.
    void encode(@Nullable Object value, OutputStream target) throws IOException;

    /// What [#encode] has written. Errors: any unchecked exception if its constructors refuse.
    @Nullable
    Object decode(MemorySegment bytes);
}
