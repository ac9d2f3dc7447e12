package io.lazuli.scheduler.internal.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes strings in two pieces, and refuses everything else.
final class TextFormat implements ValueFormat {
    final AtomicInteger encoded = new AtomicInteger();
    final AtomicInteger decoded = new AtomicInteger();
    /// Whether a failure of the target comes out of [#encode] as an unchecked exception.
    volatile boolean wrapsFailures;
    /// What decoding throws; null if it does not.
    volatile Throwable refusal;

    @Override
    public void encode(Object value, OutputStream target) throws IOException {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException("no text");
        }
        encoded.incrementAndGet();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            target.write(bytes, 0, bytes.length / 2);
            target.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
        } catch (IOException e) {
            if (wrapsFailures) {
                throw new UncheckedIOException(e);
            }
            throw e;
        }
    }

    @Override
    public Object decode(MemorySegment bytes) {
        switch (refusal) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> decoded.incrementAndGet();
        }
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
}
