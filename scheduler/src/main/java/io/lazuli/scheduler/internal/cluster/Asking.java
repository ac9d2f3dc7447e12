package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.wire.DataMessage;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Something that was asked for. The connection's event loop tells it what comes; anybody may tell it that it fails.
sealed interface Asking permits Filling, Measuring, ResultClient.Fetching {
    long number();

    /// True if nothing more will be said about it.
    ///
    /// @param reply says something to the holder
    boolean hear(DataMessage.Answer answer, Consumer<DataMessage> reply);

    /// As [#hear], for a piece of what was announced.
    boolean hear(ByteBuffer piece);

    void fail(Throwable why);
}
