package io.lazuli.scheduler.internal.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gathers the parts that a handshake wants from bytes that come in whatever pieces. Holds one part and nothing else.
final class Parts {
    private final Handshake handshake;
    private byte[] part = {};
    /// How much of the part has come.
    private int count;
    private boolean isFirst = true;

    Parts(Handshake handshake) {
        this.handshake = handshake;
    }

    /// The next part, once all of it has come; a first one that cannot begin a handshake at once. Null if all of `from` was taken
    /// before that. What the handshake wants after a part is asked for when the next byte is there.
    byte @Nullable [] next(ByteBuffer from) {
        if (count == 0) {
            part = new byte[handshake.wantedBytes()];
        }
        int more = Math.min(part.length - count, from.remaining());
        from.get(part, count, more);
        count += more;
        boolean isHopeless = isFirst && !Handshake.mayBeHeader(part, count);
        if (count < part.length && !isHopeless) {
            return null;
        }
        byte[] whole = Arrays.copyOf(part, count);
        isFirst = false;
        count = 0;
        return whole;
    }
}
