package io.lazuli.scheduler.internal.store;

import io.lazuli.graph.codec.ValueCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Values as [ValueCodec] writes them.
record CodecFormat(ValueCodec codec) implements ValueFormat {
    @Override
    public void encode(@Nullable Object value, OutputStream target) throws IOException {
        codec.encode(value, target);
    }

    @Override
    public @Nullable Object decode(MemorySegment bytes) {
        return codec.decode(bytes);
    }
}
