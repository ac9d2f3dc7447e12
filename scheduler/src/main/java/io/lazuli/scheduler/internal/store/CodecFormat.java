package io.lazuli.scheduler.internal.store;

import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// No value can be written: all stay on the heap.
final class CodecFormat implements ValueFormat {
    @Override
    public void encode(@Nullable Object value, OutputStream target) {
        throw new UnsupportedOperationException("values have no form as bytes");
    }

    @Override
    public @Nullable Object decode(MemorySegment bytes) {
        throw new UnsupportedOperationException("values have no form as bytes");
    }
}
