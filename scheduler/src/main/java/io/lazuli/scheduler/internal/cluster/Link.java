package io.lazuli.scheduler.internal.cluster;

/// One connection, as long as it lasts.
public interface Link {
    /// Sends a frame, or does nothing if the connection is gone. Does not wait. Ownership: takes over the array.
    void send(byte[] frame);

    /// May be called more than once.
    void close();
}
