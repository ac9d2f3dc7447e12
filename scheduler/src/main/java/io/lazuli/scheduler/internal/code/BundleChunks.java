package io.lazuli.scheduler.internal.code;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The bytes of a bundle from the first to the last, in arrays of at most 1 MiB that belong to the caller.
public final class BundleChunks implements Iterator<byte[]>, Closeable {
    public static final int MOST_BYTES = 1 << 20;

    private final InputStream bytes;
    /// Empty at the end.
    private byte[] next;

    /// Of a bundle that is being read. Ownership: takes over `bytes`.
    public static BundleChunks of(InputStream bytes) throws IOException {
        return new BundleChunks(bytes);
    }

    BundleChunks(InputStream bytes) throws IOException {
        this.bytes = bytes;
        this.next = bytes.readNBytes(MOST_BYTES);
    }

    @Override
    public boolean hasNext() {
        return next.length > 0;
    }

    /// Errors: UncheckedIOException if the rest cannot be read.
    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all chunks were taken");
        }
        byte[] chunk = next;
        try {
            next = bytes.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chunk;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
