package io.lazuli.scheduler.internal.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/// Messages of any size as frames of a bounded one. A frame starts with a byte that says whether its message ends with it.
final class MessageFrames {
    private static final byte LAST = 0;
    private static final byte MORE = 1;
    private static final int PIECE_BYTES = 8 << 20;
    /// A message that is larger ends the connection.
    private static final int LARGEST_BYTES = 1 << 30;

    /// Pieces of the message that comes now.
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();

    /// Sends a message.
    ///
    /// @param send takes the two parts of a frame; false if the connection is gone
    static void send(byte[] message, BiPredicate<ByteBuffer, ByteBuffer> send) {
        for (int from = 0; from < message.length; from += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, message.length - from);
            byte kind = from + length == message.length ? LAST : MORE;
            if (!send.test(ByteBuffer.wrap(new byte[] {kind}), ByteBuffer.wrap(message, from, length))) {
                return;
            }
        }
    }

    /// Takes a frame, and gives `messages` the one that ends with it, if one does. Errors: IllegalArgumentException if it is no
    /// frame.
    void receive(ByteBuffer frame, Consumer<ByteBuffer> messages) {
        byte kind = frame.get();
        if (kind != LAST && kind != MORE || gathered.size() > LARGEST_BYTES - frame.remaining()) {
            throw new IllegalArgumentException(
                    "a frame of kind %d after %,d bytes of a message".formatted(kind, gathered.size()));
        }
        if (kind == LAST && gathered.size() == 0) {
            messages.accept(frame);
            return;
        }
        byte[] piece = new byte[frame.remaining()];
        frame.get(piece);
        gathered.writeBytes(piece);
        if (kind == LAST) {
            byte[] message = gathered.toByteArray();
            gathered.reset();
            messages.accept(ByteBuffer.wrap(message));
        }
    }
}
