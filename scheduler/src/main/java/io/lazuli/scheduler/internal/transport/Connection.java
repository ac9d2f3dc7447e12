package io.lazuli.scheduler.internal.transport;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletionStage;

/// Two processes that trust each other, and frames both ways. All methods may be called by any thread; none waits.
///
/// What is sent is never refused for being too much: who sends looks at [#isWritable] first, stops when it is false and goes on
/// when the handler hears `writable`.
public interface Connection extends AutoCloseable {
    Peer peer();

    /// Sends one frame: all bytes between position and limit of the parts, one after the other. Frames of one thread arrive in the
    /// order in which it sends them. False if the connection is closed; true says that it was sent, not that it arrived.
    ///
    /// **Ownership:** the bytes are copied during the call, and positions stay. Errors: [IllegalArgumentException] if the frame
    /// is empty or larger than the largest one.
    boolean send(ByteBuffer... parts);

    /// As [#send], for large frames: without a copy.
    ///
    /// **Ownership:** the bytes are lent, and must not change until `returned` is called, once, by whichever thread: when they were sent, or
    /// will never be. That is so also if the answer is false, or an exception.
    boolean lend(Runnable returned, ByteBuffer... parts);

    /// Sends a part of a file as frames: each is `head`, then the next piece of the file; other frames may come between them. At least one is
    /// sent, so that a file of no bytes is `head` alone. A thread of its own reads the file whenever the connection
    /// is writable, so what it takes of memory is one piece of at most 1 MiB, and disks hold up no event loop.
    ///
    /// **Ownership:** head is copied during the call; the file must stay open, and as it is, until the stage completes.
    ///
    /// The stage completes when the last byte was handed to the network; or with [java.io.IOException] if the connection closed before
    /// that, or the file could not be read or ended too early. The connection stays open then, and the peer has seen part of the file.
    CompletionStage<Void> sendFile(ByteBuffer head, FileChannel file, long offset, long length);

    /// False if more bytes wait to be sent than the high water mark says, until they are fewer than the low one says.
    boolean isWritable();

    /// Takes no frames any more, so that the peer, when what is on the way fills up, may send no more. Called by the handler,
    /// no frame follows the one it is called with. While it is paused, that the peer has closed may go unnoticed.
    void pauseReading();

    void resumeReading();

    /// Sends what was sent, as far as the peer takes it within two seconds, then closes. No frame is received after that. Closing
    /// twice is closing once.
    @Override
    void close();

    /// Frames with their lengths, without TLS.
    long bytesReceived();

    /// Frames with their lengths, without TLS; what waits to be sent is counted.
    long bytesSent();
}
