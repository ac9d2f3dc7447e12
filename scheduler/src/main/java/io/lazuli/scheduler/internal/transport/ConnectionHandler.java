package io.lazuli.scheduler.internal.transport;

import java.nio.ByteBuffer;

/// Hears what happens on one connection. Calls come one after the other, on the connection's event loop, which serves other
/// connections too: they must not wait. What a call throws closes the connection.
public interface ConnectionHandler {
    /// The first call: both ends trust each other. Whoever connected gets the connection also from [Transport#connect].
    default void opened(Connection connection) {}

    /// A frame came, in the order in which it was sent.
    ///
    /// **Ownership:** the bytes between position and limit are lent for the call; they are native memory that is used again after it. Copy
    /// what must stay, once, to where it belongs. Nothing was copied on the heap; a frame that came in several reads was gathered once.
    void received(Connection connection, ByteBuffer frame);

    /// The connection is writable again, after it was not.
    default void writable(Connection connection) {}

    /// The last call.
    void closed(Connection connection, CloseReason reason);
}
