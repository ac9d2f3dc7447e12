package io.lazuli.scheduler.internal.code;

import java.io.IOException;

/// Code of a program as it is sent: a jar, known by its content.
///
/// @param name what people call it
/// @param root where its bytes are
public record Bundle(CodeHash hash, String name, long bytes, CodeRoot root) {
    /// Its bytes in chunks, which must arrive in order.
    ///
    /// Ownership: the caller closes it. Errors: IOException if they cannot be read. What has changed since it was hashed is
    /// noticed by whoever receives it.
    public BundleChunks chunks() throws IOException {
        return new BundleChunks(root.open());
    }
}
