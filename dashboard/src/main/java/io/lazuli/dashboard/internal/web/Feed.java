package io.lazuli.dashboard.internal.web;

import java.io.IOException;

/// Messages for one reader.
@FunctionalInterface
public interface Feed {
    /// Writes messages until there are no more. Runs in a thread of its own, which may block.
    ///
    /// **Errors.** IOException as soon as the reader is gone.
    void writeTo(Sink reader) throws IOException, InterruptedException;

    /// Where messages go.
    @FunctionalInterface
    interface Sink {
        /// Returns when the bytes are on their way, which depends on how fast the reader is.
        void write(byte[] message) throws IOException;
    }
}
